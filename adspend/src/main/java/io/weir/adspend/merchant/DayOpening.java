package io.weir.adspend.merchant;

import io.weir.adspend.merchant.Timer.Task;
import java.time.LocalDate;
import java.util.List;

/** Begins a merchant's day: sets the timers that will end it. */
final class DayOpening {

    private static final List<Task> TASKS = List.of(Task.CLOSE_DAY, Task.FORGET_MINUTES, Task.FORGET_DAY);

    private final Books books;
    private final AdspendRules rules;

    DayOpening(Books books, AdspendRules rules) {
        this.books = books;
        this.rules = rules;
    }

    /** The merchant's day; one that begins now if nothing has happened on it yet. */
    MerchantDay dayOf(Merchant merchant, LocalDate day) {
        MerchantDay known = books.days().merchant(merchant.id(), day);
        if (known != null) {
            return known;
        }
        setTimers(merchant, day);
        return MerchantDay.empty(merchant.terms(day));
    }

    /** Sets the timers of a day, again if it has another end than before. */
    void setTimers(Merchant merchant, LocalDate day) {
        long end = merchant.counting().calendar().endOf(day);
        for (Task task : TASKS) {
            books.timers().set(Timer.ofDay(rules.due(task, end), task, merchant.id(), day));
        }
    }

    /**
     * The day that is closed next, on whose statement adjustments are.
     *
     * @param now milliseconds UTC
     */
    LocalDate nextToClose(Merchant merchant, long now) {
        LocalDate day = merchant.dayOf(now - rules.closeAfterMillis());
        LocalDate closed = merchant.closedThrough();
        return closed == null || day.isAfter(closed) ? day : closed.plusDays(1);
    }
}
