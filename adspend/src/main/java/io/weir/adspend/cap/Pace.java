package io.weir.adspend.cap;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.OptionalLong;

/**
 * How fast money is spent, weighted to the recent past: each amount counts half as much after every seven minutes (e-fold in
 * ten). An estimate of time, never part of an amount, so it may be floating point. Immutable.
 *
 * <pre>
 * 8 bytes     spent, weighted, in nanos (bits of a double)
 * 2 signed    first and last time, millis
 * </pre>
 *
 * @param weightedNanos spent, weighted, as of the last time
 * @param since first time, milliseconds UTC
 * @param at last time, milliseconds UTC
 */
public record Pace(double weightedNanos, long since, long at) {

    /** Nothing spent yet. */
    public static final Pace NONE = new Pace(0, 0, 0);

    private static final double MEMORY_MS = 600_000;
    /** Before that, one click would be a rate. */
    private static final long LEAST_MS = 10_000;
    /** A century: beyond it there is no use in knowing. */
    private static final double FARTHEST_MS = 3.2e12;

    /**
     * With one more amount.
     *
     * @param nanos spent
     * @param time milliseconds UTC; earlier than the last one counts as the last one
     */
    public Pace spent(long nanos, long time) {
        if (weightedNanos == 0) {
            return new Pace(nanos, time, time);
        }
        long later = Math.max(at, time);
        return new Pace(weightedNanos * StrictMath.exp((at - later) / MEMORY_MS) + nanos, since, later);
    }

    /**
     * When so much more is spent, milliseconds UTC, at this pace; empty while there is none.
     *
     * @param remainingNanos 0 or more
     */
    public OptionalLong reaches(long remainingNanos) {
        long watched = at - since;
        if (weightedNanos <= 0 || watched < LEAST_MS) {
            return OptionalLong.empty();
        }
        double nanosPerMilli = weightedNanos / (MEMORY_MS * (1 - StrictMath.exp(-watched / MEMORY_MS)));
        double millis = remainingNanos / nanosPerMilli;
        return millis < FARTHEST_MS ? OptionalLong.of(at + (long) millis) : OptionalLong.empty();
    }

    /** Writes it. */
    public void write(ByteWriter out) {
        out.fixed(Double.doubleToLongBits(weightedNanos)).signed(since).signed(at);
    }

    /** Reads what {@link #write} wrote. */
    public static Pace read(ByteReader in) {
        return new Pace(Double.longBitsToDouble(in.fixed()), in.signed(), in.signed());
    }
}
