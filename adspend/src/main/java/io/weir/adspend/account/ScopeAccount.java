package io.weir.adspend.account;

import io.weir.adspend.Money;
import io.weir.adspend.budget.CapStep;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.Arrays;
import java.util.List;

/**
 * The running account of a merchant or of one campaign on one day: all that an interaction changes, so that one more costs
 * the same whatever came before. Immutable. It holds for the caps it was made with; other caps, or other prices, need the
 * day's minutes added up again ({@link DayAccount#totals}).
 *
 * <pre>
 * 8 varints   counts
 * 2 varints   valid, invalid, nanos
 * varint      number of changes of the cap, then for each: varint, valid delivery before it, nanos
 * </pre>
 */
public final class ScopeAccount {

    private final Counts counts;
    private final long validNanos;
    private final long invalidNanos;
    /** Valid delivery before each change of the cap: V(t₁), V(t₂), … */
    private final long[] validBefore;

    private ScopeAccount(Counts counts, long validNanos, long invalidNanos, long[] validBefore) {
        this.counts = counts;
        this.validNanos = validNanos;
        this.invalidNanos = invalidNanos;
        this.validBefore = validBefore;
    }

    /** Of a day on which nothing happened. */
    public static ScopeAccount empty(List<CapStep> caps) {
        return new ScopeAccount(Counts.NONE, 0, 0, new long[Math.max(0, caps.size() - 1)]);
    }

    /**
     * This account and something more, or, if it is negative, less.
     *
     * @param change before any cap
     * @param minute in which it happened
     * @param caps of the day, the same ones as before
     * @throws ArithmeticException if the sums do not fit
     */
    public ScopeAccount plus(Amounts change, long minute, List<CapStep> caps) {
        long[] before = validBefore;
        for (int i = 0; i < validBefore.length && change.validNanos() != 0; i++) {
            if (caps.get(i + 1).minute() > minute) {
                before = before == validBefore ? validBefore.clone() : before;
                before[i] = Math.addExact(before[i], change.validNanos());
            }
        }
        return new ScopeAccount(
                counts.plus(change.counts()),
                Math.addExact(validNanos, change.validNanos()),
                Math.addExact(invalidNanos, change.invalidNanos()),
                before);
    }

    /** Numbers of interactions. */
    public Counts counts() {
        return counts;
    }

    /** Price of the valid ones, nanos. */
    public long validNanos() {
        return validNanos;
    }

    /** Price of the invalid ones, nanos. */
    public long invalidNanos() {
        return invalidNanos;
    }

    /** Effective cap, nanos; {@link EffectiveCap#UNCAPPED} for none. */
    public long capNanos(List<CapStep> caps) {
        return EffectiveCap.nanos(caps, change -> validBefore[change - 1]);
    }

    /** What the cap lets be billed, nanos. */
    public long billedNanos(List<CapStep> caps) {
        return Math.min(capNanos(caps), validNanos);
    }

    /** Counts and money, if so much is billed. */
    public Amounts amounts(long billedNanos) {
        return new Amounts(counts, validNanos, invalidNanos, billedNanos);
    }

    /** Writes the account. */
    public void write(ByteWriter out) {
        out.varint(counts.impressions()).varint(counts.clicks()).varint(counts.completedViews());
        out.varint(counts.invalidImpressions()).varint(counts.invalidClicks()).varint(counts.invalidCompletedViews());
        out.varint(counts.unpriced()).varint(counts.currencyMismatches());
        out.varint(validNanos).varint(invalidNanos).varint(validBefore.length);
        for (long nanos : validBefore) {
            out.varint(nanos);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static ScopeAccount read(ByteReader in) {
        Counts counts = new Counts(
                in.varint(), in.varint(), in.varint(), in.varint(), in.varint(), in.varint(), in.varint(), in.varint());
        long valid = in.varint();
        long invalid = in.varint();
        long[] before = new long[in.count()];
        for (int i = 0; i < before.length; i++) {
            before[i] = in.varint();
        }
        return new ScopeAccount(counts, valid, invalid, before);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScopeAccount that
                && counts.equals(that.counts)
                && validNanos == that.validNanos
                && invalidNanos == that.invalidNanos
                && Arrays.equals(validBefore, that.validBefore);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {counts, validNanos, invalidNanos, Arrays.hashCode(validBefore)});
    }

    @Override
    public String toString() {
        return counts + ", valid " + Money.floorMicros(validNanos) + " and invalid " + Money.floorMicros(invalidNanos)
                + " micros, before changes of the cap " + Arrays.toString(validBefore) + " nanos";
    }
}
