package io.weir.experiments.statistics;

/**
 * The asymptotic confidence sequence, as gbstats has it: holds at every look, so that one may watch and stop when one likes.
 * Its bound is that of {@link NormalMixture}, in units of the standard error of one unit.
 */
public final class AlwaysValid {

    private final double alpha;
    private final NormalMixture mixture;

    /**
     * A sequence.
     *
     * @param alpha how often it may miss, ever
     * @param tuning number of units at which it is tightest; fixed before the experiment starts
     */
    public AlwaysValid(double alpha, double tuning) {
        this.alpha = alpha;
        this.mixture = NormalMixture.tightestAt(tuning, alpha);
    }

    /** p that may be looked at as often as one likes. */
    public double p(Difference difference) {
        double sum = difference.z() * Math.sqrt(difference.n());
        return Math.min(1, Math.exp(-mixture.logMixture(sum, difference.n())));
    }

    /** Interval of the difference that may be looked at as often as one likes. */
    public Interval interval(Difference difference) {
        double bound = mixture.bound(difference.n(), alpha);
        return difference.around(difference.standardError() * bound / Math.sqrt(difference.n()));
    }
}
