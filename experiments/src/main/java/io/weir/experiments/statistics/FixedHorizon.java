package io.weir.experiments.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/** Welch's test: right for one look at a time that was fixed before. Whoever looks again and again errs more often. */
public final class FixedHorizon {

    private FixedHorizon() {}

    /** Two-sided p: how often so large a difference would be seen if there was none. */
    public static double p(Difference difference) {
        return 2 * TDistribution.of(difference.degreesOfFreedom()).survivalProbability(Math.abs(difference.z()));
    }

    /**
     * Interval of the difference.
     *
     * @param alpha how often it may miss
     */
    public static Interval interval(Difference difference, double alpha) {
        double t = TDistribution.of(difference.degreesOfFreedom()).inverseSurvivalProbability(alpha / 2);
        return difference.around(t * difference.standardError());
    }
}
