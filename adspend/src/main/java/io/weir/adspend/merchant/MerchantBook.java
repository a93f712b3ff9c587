package io.weir.adspend.merchant;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.adspend.account.Interaction;
import io.weir.adspend.budget.BudgetHistory;
import io.weir.adspend.hop.MerchantInput;
import io.weir.adspend.hop.MerchantInput.Budgeted;
import io.weir.adspend.hop.MerchantInput.Delivered;
import io.weir.adspend.hop.MerchantInput.Judged;
import io.weir.adspend.merchant.Timer.Task;
import io.weir.core.error.DataFaultException;
import io.weir.schemas.AdInteraction;
import io.weir.schemas.AdInteractionKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The one writer of its task's merchants. What it is given it takes at once; what is due by the clock when it is told. */
public final class MerchantBook {

    private static final long MINUTE = 60_000;

    private final Books books;
    private final AdspendRules rules;
    private final MerchantOutput out;
    private final Posting posting;
    private final Refiling refiling;
    private final Turning turning;
    private final Closing closing;

    /**
     * Opens the stores of a task.
     *
     * @param live whether the clock is the wall's; in recorded input a merchant's clock is its own interactions
     */
    public MerchantBook(
            AdspendRules rules,
            ProcessorContext<?, ?> context,
            MerchantOutput out,
            MeterRegistry meters,
            boolean live) {
        this.books = Books.open(context);
        this.rules = rules;
        this.out = out;
        DayOpening days = new DayOpening(books, rules);
        Ledger ledger = new Ledger(out);
        Caps caps = new Caps(books, rules, out);
        this.posting = new Posting(books, days, ledger, caps, new Warnings(meters, live));
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
        if (delivered.late()) {
            out.late(late(merchant.id(), interaction, null));
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
        long now = wallClock > 0 ? wallClock : merchant.time();
        turning.turn(merchant, now);
        Remembered remembered = books.interactions().get(merchant.id(), judged.eventId(), judged.occurredAt());
        Interaction interaction = remembered.interaction();
        if (judged.verdict().decidedAt() - judged.occurredAt() > rules.latenessMillis()) {
            if (interaction != null) {
                out.late(late(merchant.id(), interaction, judged.verdict().rule()));
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
    }

    private void budget(Merchant merchant, Budgeted budgeted, long wallClock) {
        long now = wallClock > 0 ? wallClock : merchant.time();
        turning.turn(merchant, now);
        BudgetHistory all = merchant.known().with(budgeted.budget(), budgeted.recordTime(), merchant.openFrom());
        if (all.equals(merchant.known())) {
            return;
        }
        long version = budgeted.budget().version();
        refiling.apply(merchant, all, now, version, now);
        turning.budgeted(merchant, version, now);
    }

    private static AdInteraction late(String merchantId, Interaction interaction, String rule) {
        return new AdInteraction(
                interaction.eventId(),
                merchantId,
                AdInteractionKind.valueOf(interaction.kind().name()),
                Instant.ofEpochMilli(interaction.occurredAt()),
                interaction.campaign(),
                interaction.priceMicros(),
                interaction.currency(),
                interaction.bot(),
                rule);
    }

    /**
     * Does what is due by the wall clock.
     *
     * @param now milliseconds UTC
     * @param most so many things at once
     * @param complete whether all that was sent before now has been read, as far as is known; asked before a day is closed
     */
    public void advance(long now, int most, BooleanSupplier complete) {
        List<Timer> due = books.timers().due(now + 1, most);
        if (due.removeIf(timer -> turned(timer, now))) {
            // Days may have other ends now.
            due = books.timers().due(now + 1, most);
        }
        boolean asked = false;
        boolean mayClose = false;
        for (Timer timer : due) {
            if (timer.task() == Task.CLOSE_DAY && !asked) {
                mayClose = complete.getAsBoolean();
                asked = true;
            }
            if (timer.task() != Task.CLOSE_DAY || mayClose) {
                books.timers().done(timer);
                run(timer, now);
            }
        }
    }

    /** Serving first: lets time go on for a merchant, if that is what the timer is for. */
    private boolean turned(Timer timer, long now) {
        if (timer.task() != Task.TURN) {
            return false;
        }
        books.timers().done(timer);
        Merchant merchant = books.merchants().get(timer.merchant());
        if (merchant.lookAt() != null && merchant.lookAt() == timer.due()) {
            turning.turn(merchant, now);
        }
        return true;
    }

    private void run(Timer timer, long now) {
        Merchant merchant = books.merchants().get(timer.merchant());
        switch (timer.task()) {
            case TURN -> turning.turn(merchant, now);
            case REPORT_MINUTE -> closing.reportMinute(merchant, timer.number(), timer.campaign());
            case CLOSE_DAY -> {
                if (closes(merchant, timer)) {
                    closing.close(merchant, timer.day(), true, now);
                }
            }
            case FORGET_MINUTES -> {
                if (endOf(merchant, timer) + rules.minutesMillis() > now) {
                    again(timer, endOf(merchant, timer) + rules.minutesMillis());
                } else {
                    forgetMinutes(merchant, timer.day());
                }
            }
            case FORGET_DAY -> {
                if (endOf(merchant, timer) + AdspendRules.DAYS_MILLIS > now) {
                    again(timer, endOf(merchant, timer) + AdspendRules.DAYS_MILLIS);
                } else {
                    forgetDay(merchant, timer.day());
                }
            }
        }
    }

    /** Whether a timer closes its day: not if it is closed, or has another end than when the timer was set. */
    private boolean closes(Merchant merchant, Timer timer) {
        return timer.due() == endOf(merchant, timer) + rules.closeAfterMillis() && !merchant.isClosed(timer.day());
    }

    private static long endOf(Merchant merchant, Timer timer) {
        return merchant.counting().calendar().endOf(timer.day());
    }

    /** Days are other ones than when the timer was set. */
    private void again(Timer timer, long due) {
        books.timers().set(Timer.ofDay(due, timer.task(), timer.merchant(), timer.day()));
    }

    private void forgetMinutes(Merchant merchant, LocalDate day) {
        long to = Math.floorDiv(merchant.counting().calendar().endOf(day), MINUTE);
        books.minutes().delete(merchant.id(), 0, to);
        merchant.forgotMinutesBefore(to);
        books.merchants().put(merchant);
    }

    /** Budgets that had been replaced before the day go with it. */
    private void forgetDay(Merchant merchant, LocalDate day) {
        books.days().delete(merchant.id(), day);
        long start = Math.floorDiv(merchant.counting().calendar().startOf(day), MINUTE);
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
        List<Timer> left = books.timers().due(Long.MAX_VALUE, most);
        boolean otherDays = false;
        for (Timer timer : left) {
            otherDays |= turning.end(books.merchants().get(timer.merchant()));
        }
        if (otherDays) {
            left = books.timers().due(Long.MAX_VALUE, most);
        }
        for (Timer timer : left) {
            books.timers().done(timer);
            Merchant merchant = books.merchants().get(timer.merchant());
            if (timer.task() == Task.REPORT_MINUTE) {
                closing.reportMinute(merchant, timer.number(), timer.campaign());
            } else if (timer.task() == Task.CLOSE_DAY && closes(merchant, timer)) {
                long end = endOf(merchant, timer);
                closing.close(merchant, timer.day(), end <= largestEventTime, end);
            }
        }
        return left.isEmpty();
    }
}
