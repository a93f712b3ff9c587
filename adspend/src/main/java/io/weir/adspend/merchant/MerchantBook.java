package io.weir.adspend.merchant;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.adspend.account.Interaction;
import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.BudgetHistory;
import io.weir.adspend.day.BillingCalendar;
import io.weir.adspend.day.Minutes;
import io.weir.adspend.hop.MerchantInput;
import io.weir.adspend.hop.MerchantInput.Budgeted;
import io.weir.adspend.hop.MerchantInput.Delivered;
import io.weir.adspend.hop.MerchantInput.Judged;
import io.weir.adspend.merchant.Timer.Queue;
import io.weir.adspend.merchant.Timer.Task;
import io.weir.core.error.DataFaultException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The one writer of its task's merchants. What it is given it takes at once; what is due by the clock when it is told. */
public final class MerchantBook {

    /** What cannot be forgotten yet is looked at again after an hour. */
    private static final long RETRY_MILLIS = 3_600_000;
    /** Clocks outside may be ahead, by hours at most: intake bounds events, and nothing else a verdict's. */
    private static final long AHEAD_MILLIS = 86_400_000;

    private final Books books;
    /** Bytes of the versions of a merchant's budget: with its caps they are one record, written whenever a cap changes its state. */
    private static final int LARGEST_HISTORY = 1024 * 1024;

    private final AdspendRules rules;
    private final MerchantOutput out;
    private final Warnings warnings;
    private final Posting posting;
    private final Refiling refiling;
    private final Turning turning;
    private final Closing closing;

    /**
     * Opens the stores of a task.
     *
     * @param kept how what is given out is kept for queries
     * @param live whether the clock is the wall's; in recorded input a merchant's clock is its own interactions
     */
    public MerchantBook(
            AdspendRules rules,
            ProcessorContext<?, ?> context,
            MerchantOutput out,
            AdspendStores.Kept kept,
            MeterRegistry meters,
            boolean live) {
        this.books = Books.open(context, kept, live);
        this.rules = rules;
        this.out = out;
        DayOpening days = new DayOpening(books, rules);
        Ledger ledger = new Ledger(out, books.ledger());
        Caps caps = new Caps(books, rules, out);
        this.warnings = new Warnings(meters, live);
        this.posting = new Posting(books, days, ledger, caps, warnings, out);
        this.refiling = new Refiling(books, days, ledger);
        this.turning = new Turning(books, refiling, caps);
        this.closing = new Closing(books, out);
    }

    /**
     * Takes an input of a merchant.
     *
     * @param wallClock milliseconds UTC; 0 in recorded input
     * @throws DataFaultException if it cannot be booked; nothing is changed then
     */
    public void take(String merchantId, MerchantInput input, long wallClock) {
        Merchant merchant = books.merchants().get(merchantId);
        try {
            if (input instanceof Delivered delivered) {
                deliver(merchant, delivered, wallClock);
            } else if (input instanceof Judged judged) {
                judge(merchant, judged, wallClock);
            } else {
                budget(merchant, (Budgeted) input, wallClock);
            }
        } catch (ArithmeticException e) {
            throw new DataFaultException("The day of merchant " + merchantId
                    + " would come to more than amounts can express (9 223 372 036 units of the currency).");
        }
    }

    private void deliver(Merchant merchant, Delivered delivered, long wallClock) {
        Interaction interaction = delivered.interaction();
        long now = wallClock > 0 ? wallClock : Math.max(merchant.time(), interaction.occurredAt());
        turning.turn(merchant, now);
        merchant.reached(now);
        if (delivered.late()) {
            out.late(LateInteraction.of(merchant.id(), interaction, null));
            return;
        }
        String eventId = interaction.eventId();
        Remembered remembered = books.interactions().get(merchant.id(), eventId, interaction.occurredAt());
        if (remembered.interaction() != null) {
            return;
        }
        posting.deliver(merchant, interaction, remembered, now);
        books.interactions().put(merchant.id(), eventId, interaction.occurredAt(), remembered);
    }

    private void judge(Merchant merchant, Judged judged, long wallClock) {
        if (wallClock > 0 && judged.occurredAt() > wallClock + AHEAD_MILLIS) {
            throw new DataFaultException("occurred_at: a verdict on an interaction of the future.");
        }
        long now = wallClock > 0 ? wallClock : Math.max(merchant.time(), judged.occurredAt());
        turning.turn(merchant, now);
        Remembered remembered = books.interactions().get(merchant.id(), judged.eventId(), judged.occurredAt());
        Interaction interaction = remembered.interaction();
        if (judged.verdict().decidedAt() - judged.occurredAt() > rules.latenessMillis()) {
            if (interaction != null) {
                out.late(LateInteraction.of(
                        merchant.id(), interaction, judged.verdict().rule()));
            }
            return;
        }
        boolean wasValid = remembered.verdicts().standing().isEmpty();
        remembered.judged(judged.verdict());
        boolean nowValid = remembered.verdicts().standing().isEmpty();
        if (interaction != null && !interaction.bot() && wasValid != nowValid) {
            posting.judge(merchant, remembered, judged.verdict(), nowValid, now);
        }
        books.interactions().put(merchant.id(), judged.eventId(), judged.occurredAt(), remembered);
        if (interaction == null && !books.interactions().keeps(merchant.id(), judged.eventId(), judged.occurredAt())) {
            warnings.forgotten(merchant.id(), judged.eventId(), judged.verdict().rule());
        }
    }

    /** Without the versions that no day needs any more that is kept, also of a merchant of whom nothing was delivered. */
    private BudgetHistory kept(Merchant merchant, long now) {
        if (now == 0) {
            return merchant.known();
        }
        BillingCalendar calendar = merchant.counting().calendar();
        long first = books.days().daysAfter(merchant.id(), null).stream()
                .findFirst()
                .map(calendar::startOf)
                .orElse(Long.MAX_VALUE);
        return merchant.known().since(Minutes.of(Math.min(first, now - rules.daysKeptMillis())));
    }

    private void budget(Merchant merchant, Budgeted budgeted, long wallClock) {
        long now = wallClock > 0 ? wallClock : merchant.time();
        turning.turn(merchant, now);
        long version = budgeted.budget().version();
        Optional<Budget> known = merchant.known().version(version);
        if (known.isPresent() && !known.get().equals(budgeted.budget())) {
            throw new DataFaultException(
                    "version: expected one that merchant " + merchant.id() + " does not have yet, found " + version
                            + ", which is known with other terms; give it a higher one.");
        }
        if (known.isPresent()) {
            return;
        }
        long billableFrom = merchant.billableFrom(budgeted.budget().zone());
        warnings.backdated(merchant.id(), budgeted.budget(), billableFrom);
        BudgetHistory all = kept(merchant, now).with(budgeted.budget(), budgeted.recordTime(), billableFrom);
        if (all.size() > LARGEST_HISTORY) {
            throw new DataFaultException("merchant_id: the versions of the budget of merchant " + merchant.id()
                    + " of the last 35 days come to more than 1 MiB; change it less often, or name fewer campaigns.");
        }
        refiling.apply(merchant, all, now, version, now);
        turning.budgeted(merchant, version, now);
    }

    /**
     * Does what is due by the wall clock: what is served first, statements last.
     *
     * @param now milliseconds UTC
     * @param most so many things at once, of each kind
     * @param readThrough all that was sent by then has been read, milliseconds UTC; asked, again and again, before a day is closed
     */
    public void advance(long now, int most, LongSupplier readThrough) {
        for (Timer timer : books.timers().take(Queue.SERVING, now + 1, most)) {
            Merchant merchant = books.merchants().get(timer.merchant());
            if (merchant.lookAt() != null && merchant.lookAt() == timer.due()) {
                // Its timer is gone: where its day now ends later, by newer rules of its zone, it needs another.
                merchant.lookAt(null);
                turning.turn(merchant, now);
            }
        }
        for (Timer timer : books.timers().take(Queue.KEEPING, now + 1, most)) {
            keep(timer, now);
        }
        if (books.timers().isDue(Queue.CLOSING, now + 1)) {
            long read = Math.min(now, readThrough.getAsLong());
            for (Timer timer : books.timers().take(Queue.CLOSING, read + 1, most)) {
                close(timer, read, now);
            }
        }
    }

    private void keep(Timer timer, long now) {
        Merchant merchant = books.merchants().get(timer.merchant());
        if (timer.task() == Task.REPORT_MINUTE) {
            closing.reportMinute(merchant, timer.number(), timer.campaign());
            return;
        }
        boolean minutes = timer.task() == Task.FORGET_MINUTES;
        long due = rules.due(timer.task(), endOf(merchant, timer.day()));
        boolean open = merchant.isBilled(timer.day()) && !merchant.isClosed(timer.day());
        if (open || due > now) {
            // The day is still added up from what would be forgotten, or ends later than when the timer was set.
            long again = Math.max(due, now + RETRY_MILLIS);
            books.timers().set(Timer.ofDay(again, timer.task(), timer.merchant(), timer.day()));
        } else if (minutes) {
            forgetMinutes(merchant, timer.day());
        } else {
            forgetDay(merchant, timer.day());
        }
    }

    /** Closes a day, and before it those that should have been: each timer may be of a day that now ends later. */
    private void close(Timer timer, long read, long now) {
        Merchant merchant = books.merchants().get(timer.merchant());
        if (merchant.isClosed(timer.day())) {
            return;
        }
        for (LocalDate day : books.days().daysAfter(merchant.id(), merchant.closedThrough())) {
            long due = rules.due(Task.CLOSE_DAY, endOf(merchant, day));
            if (day.isAfter(timer.day())) {
                break;
            }
            if (due > read) {
                books.timers().set(Timer.ofDay(due, Task.CLOSE_DAY, merchant.id(), day));
                break;
            }
            closing.close(merchant, day, true, now);
        }
    }

    private static long endOf(Merchant merchant, LocalDate day) {
        return merchant.counting().calendar().endOf(day);
    }

    private void forgetMinutes(Merchant merchant, LocalDate day) {
        long to = Minutes.of(merchant.counting().calendar().endOf(day));
        books.minutes().delete(merchant.id(), 0, to);
        merchant.forgotMinutesBefore(to);
        books.merchants().put(merchant);
    }

    /** Budgets that had been replaced before the day go with it. */
    private void forgetDay(Merchant merchant, LocalDate day) {
        books.days().delete(merchant.id(), day);
        long start = Minutes.of(merchant.counting().calendar().startOf(day));
        merchant.budgets(merchant.known().since(start), merchant.time());
        books.merchants().put(merchant);
    }

    /**
     * Gives out everything, at the end of recorded input.
     *
     * @param largestEventTime of the input, milliseconds UTC
     * @param most so many things at once
     * @return whether nothing is left
     */
    public boolean end(long largestEventTime, int most) {
        for (Timer timer : books.timers().take(Queue.SERVING, Long.MAX_VALUE, most)) {
            turning.end(books.merchants().get(timer.merchant()));
        }
        for (Timer timer : books.timers().take(Queue.KEEPING, Long.MAX_VALUE, most)) {
            Merchant merchant = books.merchants().get(timer.merchant());
            turning.end(merchant);
            if (timer.task() == Task.REPORT_MINUTE) {
                closing.reportMinute(merchant, timer.number(), timer.campaign());
            }
        }
        boolean left = books.timers().isDue(Queue.SERVING, Long.MAX_VALUE)
                || books.timers().isDue(Queue.KEEPING, Long.MAX_VALUE);
        List<Timer> days = left ? List.of() : books.timers().take(Queue.CLOSING, Long.MAX_VALUE, most);
        for (Timer timer : days) {
            endDay(timer, largestEventTime);
        }
        return !left && days.isEmpty();
    }

    private void endDay(Timer timer, long largestEventTime) {
        Merchant merchant = books.merchants().get(timer.merchant());
        for (LocalDate day : books.days().daysAfter(merchant.id(), merchant.closedThrough())) {
            if (!day.isAfter(timer.day())) {
                long end = endOf(merchant, day);
                closing.close(merchant, day, end <= largestEventTime, end);
            }
        }
    }
}
