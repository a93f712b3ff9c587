package io.weir.fraud.ratio;

/**
 * An hour of a key, against its past.
 *
 * @param hour hours since 1970, UTC
 * @param of what was counted in it
 * @param among what that is counted among
 * @param median of the ratios of its history
 * @param scale how far ratios lie from the median by chance: the larger of 1.4826 MAD and the binomial standard error
 * @param threshold the ratio above which it is too high
 * @param last whether it is of the whole hour; else of an hour as far as it has come, and a later one may say otherwise
 */
public record Judgement(long hour, long of, long among, double median, double scale, double threshold, boolean last) {

    /** The ratio of the hour. */
    public double ratio() {
        return (double) of / among;
    }

    /** How many scales it is above the median; negative below it. */
    public double robustZ() {
        return (ratio() - median) / scale;
    }

    /** Whether it is too high. */
    public boolean isTooHigh() {
        return ratio() > threshold;
    }

    /** When the hour begins, milliseconds UTC. */
    public long start() {
        return Hours.start(hour);
    }
}
