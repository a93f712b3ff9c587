package io.weir.adspend.merchant;

import io.weir.adspend.merchant.Timer.Task;
import java.time.LocalDate;

/** Begins a merchant's day: sets the timers that will end it. */
final class DayOpening {

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
        set(merchant, day, Task.CLOSE_DAY, end + rules.closeAfterMillis());
        set(merchant, day, Task.FORGET_MINUTES, end + rules.minutesMillis());
        set(merchant, day, Task.FORGET_DAY, end + rules.daysMillis());
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

    private void set(Merchant merchant, LocalDate day, Task task, long due) {
        books.timers().set(Timer.ofDay(due, task, merchant.id(), day));
    }
}
