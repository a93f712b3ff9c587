package io.weir.experiments.statistics;

/**
 * The two-sided normal mixture of Howard et al. ("Time-uniform, nonparametric, nonasymptotic confidence sequences"): a bound
 * that a sum of zero mean crosses, at any time, with a given probability at most.
 *
 * @param rho where it is tightest; larger is later
 */
record NormalMixture(double rho) {

    /**
     * The mixture that is tightest at a variance.
     *
     * @param variance of the sum
     * @param alpha probability of crossing
     */
    static NormalMixture tightestAt(double variance, double alpha) {
        double twice = 2 * Math.log(1 / alpha);
        return new NormalMixture(variance / (twice + Math.log1p(twice)));
    }

    /**
     * The bound.
     *
     * @param variance of the sum so far
     * @param alpha probability of crossing
     */
    double bound(double variance, double alpha) {
        return Math.sqrt((variance + rho) * (Math.log1p(variance / rho) + 2 * Math.log(1 / alpha)));
    }

    /** Logarithm of the mixture at a sum: of the evidence against a mean of zero. */
    double logMixture(double sum, double variance) {
        return 0.5 * Math.log(rho / (variance + rho)) + sum * sum / (2 * (variance + rho));
    }
}
