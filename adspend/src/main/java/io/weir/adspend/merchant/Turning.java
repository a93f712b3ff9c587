package io.weir.adspend.merchant;

import io.weir.adspend.budget.Budget;
import io.weir.adspend.cap.Cause;
import io.weir.adspend.day.Minutes;
import io.weir.core.error.DataFaultException;
import io.weir.core.time.EndOfInput;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets time go on for a merchant: planned budgets take effect, and at the local midnight another day is today. */
final class Turning {

    private static final Logger LOG = LoggerFactory.getLogger(Turning.class);

    private final Books books;
    private final Refiling refiling;
    private final Caps caps;

    Turning(Books books, Refiling refiling, Caps caps) {
        this.books = books;
        this.refiling = refiling;
        this.caps = caps;
    }

    /**
     * Time has gone on.
     *
     * @param now milliseconds UTC; 0 while it is not known
     */
    void turn(Merchant merchant, long now) {
        OptionalLong next = merchant.nextTurn();
        boolean first =
                merchant.today() == null && now > 0 && !merchant.counting().isEmpty();
        if (!first && (next.isEmpty() || next.getAsLong() > now)) {
            if (next.isPresent() && merchant.lookAt() == null) {
                settle(merchant);
            }
            return;
        }
        String version = null;
        if (merchant.isPlannedBy(now)) {
            version = Long.toString(apply(merchant, now));
        }
        lookAtToday(merchant, version, now);
        settle(merchant);
    }

    /** A budget has come: looks at all caps if it is known which day is today. */
    void budgeted(Merchant merchant, long version, long now) {
        if (now > 0) {
            lookAtToday(merchant, Long.toString(version), now);
        }
        settle(merchant);
    }

    /**
     * Recorded input has ended: every planned budget takes effect, and nothing is said of caps any more.
     *
     * @return whether there was one
     */
    boolean end(Merchant merchant) {
        if (!merchant.isPlannedBy(EndOfInput.AFTER_EVERY_EVENT)) {
            return false;
        }
        apply(merchant, EndOfInput.AFTER_EVERY_EVENT);
        books.merchants().put(merchant);
        return true;
    }

    /** Lets planned budgets take effect; returns the version of the last. */
    private long apply(Merchant merchant, long upTo) {
        long minute = Minutes.of(upTo);
        long version =
                merchant.known().until(minute).last().map(Budget::version).orElseThrow();
        long decidedAt = upTo == EndOfInput.AFTER_EVERY_EVENT ? merchant.time() : upTo;
        try {
            refiling.apply(merchant, merchant.known(), upTo, version, decidedAt);
        } catch (ArithmeticException | DataFaultException e) {
            LOG.error(
                    "Merchant {}: version {} of its budget does not take effect: {}",
                    merchant.id(),
                    version,
                    e instanceof DataFaultException
                            ? e.getMessage()
                            : "a day would come to more than amounts can express");
            long after = Minutes.of(merchant.time());
            merchant.budgets(merchant.known().without(after, minute), upTo);
        }
        return version;
    }

    private void lookAtToday(Merchant merchant, String version, long now) {
        if (merchant.counting().isEmpty()) {
            return;
        }
        LocalDate today = merchant.dayOf(now);
        boolean otherDay = merchant.today() != null && !today.equals(merchant.today());
        merchant.today(today);
        Cause cause = otherDay ? Cause.DAY_ROLLOVER : Cause.BUDGET_CHANGE;
        caps.lookAtAll(merchant, cause, version, now);
    }

    /** Sets the timer for the next turn, and keeps the merchant. */
    private void settle(Merchant merchant) {
        OptionalLong next = merchant.nextTurn();
        if (next.isPresent() && (merchant.lookAt() == null || merchant.lookAt() != next.getAsLong())) {
            books.timers().set(Timer.turn(next.getAsLong(), merchant.id()));
            merchant.lookAt(next.getAsLong());
        }
        books.merchants().put(merchant);
    }
}
