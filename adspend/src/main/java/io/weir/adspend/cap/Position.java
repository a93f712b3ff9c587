package io.weir.adspend.cap;

import io.weir.adspend.account.EffectiveCap;

/**
 * Where a merchant or campaign stands on a day.
 *
 * @param capNanos effective cap; {@link EffectiveCap#UNCAPPED} for none
 * @param billedNanos billed so far
 * @param lastPriceNanos price of the last valid interaction; 0 before the first
 */
public record Position(long capNanos, long billedNanos, long lastPriceNanos) {

    /** A hundredth of a cap is worth opening for. */
    private static final long PART = 100;

    /** Whether nothing more may be billed. */
    public boolean isExhausted() {
        return isCapped() && billedNanos >= capNanos;
    }

    /** Whether there is a cap. */
    public boolean isCapped() {
        return capNanos != EffectiveCap.UNCAPPED;
    }

    /** What may still be billed; 0 without a cap. */
    public long remainingNanos() {
        return isCapped() ? Math.max(0, capNanos - billedNanos) : 0;
    }

    /** Whether a reached cap has enough left to be worth serving again: 1 % of it, or the last price. */
    boolean isWorthOpening() {
        if (!isCapped()) {
            return true;
        }
        long remaining = remainingNanos();
        boolean part = remaining >= capNanos / PART;
        boolean price = lastPriceNanos > 0 && remaining >= lastPriceNanos;
        return remaining > 0 && (part || price);
    }

    /** Largest of these parts that is reached; 0 for none. */
    int reached(int... percents) {
        int reached = 0;
        for (int percent : percents) {
            // In this order it cannot overflow: a cap is at most 2^63 - 2.
            long part = capNanos / PART * percent + capNanos % PART * percent / PART;
            if (isCapped() && capNanos > 0 && billedNanos >= part) {
                reached = percent;
            }
        }
        return reached;
    }
}
