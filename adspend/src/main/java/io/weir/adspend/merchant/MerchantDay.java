package io.weir.adspend.merchant;

import io.weir.adspend.account.Amounts;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.ledger.Movement;
import io.weir.adspend.ledger.MovementKind;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A merchant's day as a whole: its account, and what its statement says beside it. Mutable.
 *
 * <pre>
 * 1 byte      layout: 1, or 2 with the last line
 * n bytes     as ScopeDay writes it
 * varint      what the campaigns' caps let be billed, nanos
 * varint      credits, nanos
 * signed      adjustments, nanos
 * 2 varints   entries of the ledger, changes of the budget
 * 2 signed    first and last interaction, millis; first after last for none
 * varint      currencies that the day had before, then for each: text code, varint credits, nanos
 * </pre>
 */
final class MerchantDay {

    private static final int LAYOUT = 1;
    /** With credits in currencies that the day had before: of next to no day. */
    private static final int WITH_OTHER_CREDITS = 2;

    private ScopeDay scope;
    private long campaignsBilledNanos;
    private long creditNanos;
    private final SortedMap<String, Long> otherCredits = new TreeMap<>();
    private long adjustmentNanos;
    private long entries;
    private long budgetChanges;
    private long firstAt = Long.MAX_VALUE;
    private long lastAt = Long.MIN_VALUE;

    private MerchantDay(ScopeDay scope) {
        this.scope = scope;
    }

    static MerchantDay empty(DayTerms terms) {
        return new MerchantDay(ScopeDay.empty(terms.caps()));
    }

    ScopeDay scope() {
        return scope;
    }

    void scope(ScopeDay changed) {
        scope = changed;
    }

    long campaignsBilledNanos() {
        return campaignsBilledNanos;
    }

    void campaignsBilled(long nanos) {
        campaignsBilledNanos = nanos;
    }

    /** Counts and money. */
    Amounts amounts(DayTerms terms) {
        return scope.account().amounts(billedNanos(terms));
    }

    long billedNanos(DayTerms terms) {
        return Math.min(scope.account().capNanos(terms.caps()), campaignsBilledNanos);
    }

    long creditNanos() {
        return creditNanos;
    }

    long adjustmentNanos() {
        return adjustmentNanos;
    }

    long entries() {
        return entries;
    }

    /** An entry of the ledger of this day. */
    void entered(Movement movement) {
        entries++;
        if (movement.kind() == MovementKind.CREDIT) {
            creditNanos -= movement.nanos();
        } else if (movement.kind() == MovementKind.ADJUSTMENT) {
            adjustmentNanos += movement.nanos();
        }
    }

    /** Another budget counts on the day: the how manieth change that is, from 1. */
    long budgetChanged() {
        budgetChanges++;
        return budgetChanges;
    }

    /** The day has another currency: a statement says what was credited in its own. */
    void currencyChanged(String from, String to) {
        otherCredits.put(from, creditNanos);
        Long credited = otherCredits.remove(to);
        creditNanos = credited == null ? 0 : credited;
    }

    boolean hasInteractions() {
        return firstAt <= lastAt;
    }

    long firstAt() {
        return firstAt;
    }

    long lastAt() {
        return lastAt;
    }

    /** Interactions between these times, milliseconds UTC. */
    void seen(long first, long last) {
        firstAt = Math.min(firstAt, first);
        lastAt = Math.max(lastAt, last);
    }

    /** What was said of interactions is to be said anew. */
    void unseen() {
        firstAt = Long.MAX_VALUE;
        lastAt = Long.MIN_VALUE;
    }

    byte[] encode(ByteWriter out) {
        out.put(otherCredits.isEmpty() ? LAYOUT : WITH_OTHER_CREDITS);
        scope.write(out);
        out.varint(campaignsBilledNanos).varint(creditNanos).signed(adjustmentNanos);
        out.varint(entries).varint(budgetChanges).signed(firstAt).signed(lastAt);
        if (!otherCredits.isEmpty()) {
            out.varint(otherCredits.size());
            otherCredits.forEach((currency, nanos) -> out.text(currency).varint(nanos));
        }
        return out.take();
    }

    static MerchantDay decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int layout = in.next();
        if (layout != LAYOUT && layout != WITH_OTHER_CREDITS) {
            throw new IllegalStateException("The store of days was written by a newer build; run that build.");
        }
        MerchantDay day = new MerchantDay(ScopeDay.read(in));
        day.campaignsBilledNanos = in.varint();
        day.creditNanos = in.varint();
        day.adjustmentNanos = in.signed();
        day.entries = in.varint();
        day.budgetChanges = in.varint();
        day.firstAt = in.signed();
        day.lastAt = in.signed();
        int currencies = layout == WITH_OTHER_CREDITS ? in.count() : 0;
        for (int i = 0; i < currencies; i++) {
            day.otherCredits.put(in.text(), in.varint());
        }
        return day;
    }
}
