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
 * 1 byte      layout, 2
 * n bytes     as ScopeDay writes it
 * varint      what the campaigns' caps let be billed, nanos
 * signed      adjustments, nanos
 * 2 varints   entries of the ledger, changes of the budget
 * 2 signed    first and last interaction, millis; first after last for none
 * varint      currencies with credits, then for each: text code, varint credits, nanos
 * </pre>
 */
final class MerchantDay {

    private static final int LAYOUT = 2;

    private ScopeDay scope;
    private long campaignsBilledNanos;
    /** By currency: a budget that is corrected may change the day's, and none may cover it meanwhile. */
    private final SortedMap<String, Long> creditNanos = new TreeMap<>();

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

    long creditNanos(String currency) {
        return creditNanos.getOrDefault(currency, 0L);
    }

    long adjustmentNanos() {
        return adjustmentNanos;
    }

    long entries() {
        return entries;
    }

    /** An entry of the ledger of this day: the how manieth that is, from 1. */
    long entered(Movement movement, String currency) {
        entries++;
        if (movement.kind() == MovementKind.CREDIT) {
            creditNanos.merge(currency, -movement.nanos(), Long::sum);
        } else if (movement.kind() == MovementKind.ADJUSTMENT) {
            adjustmentNanos += movement.nanos();
        }
        return entries;
    }

    /** Another budget counts on the day: the how manieth change that is, from 1. */
    long budgetChanged() {
        budgetChanges++;
        return budgetChanges;
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
        out.put(LAYOUT);
        scope.write(out);
        out.varint(campaignsBilledNanos).signed(adjustmentNanos);
        out.varint(entries).varint(budgetChanges).signed(firstAt).signed(lastAt);
        out.varint(creditNanos.size());
        creditNanos.forEach((currency, nanos) -> out.text(currency).varint(nanos));
        return out.take();
    }

    static MerchantDay decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.next() != LAYOUT) {
            throw new IllegalStateException(
                    "The store of days was written by another build; run that build, or reset the feature.");
        }
        MerchantDay day = new MerchantDay(ScopeDay.read(in));
        day.campaignsBilledNanos = in.varint();
        day.adjustmentNanos = in.signed();
        day.entries = in.varint();
        day.budgetChanges = in.varint();
        day.firstAt = in.signed();
        day.lastAt = in.signed();
        int currencies = in.count();
        for (int i = 0; i < currencies; i++) {
            day.creditNanos.put(in.text(), in.varint());
        }
        return day;
    }
}
