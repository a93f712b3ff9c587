package io.weir.experiments.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What is believed of the relative lift after the data: normal, as gbstats has it.
 *
 * @param mean of the lift
 * @param deviation of the lift
 */
public record Posterior(double mean, double deviation) {

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    /** After the data alone: every lift was as likely before. */
    public static Posterior flat(Difference relative) {
        return new Posterior(relative.estimate(), relative.standardError());
    }

    /**
     * After the data, and a belief of before.
     *
     * @param mean of the belief
     * @param variance of the belief
     */
    public static Posterior withPrior(Difference relative, double mean, double variance) {
        double ofData = 1 / (relative.standardError() * relative.standardError());
        double posterior = 1 / (1 / variance + ofData);
        return new Posterior(posterior * (mean / variance + relative.estimate() * ofData), Math.sqrt(posterior));
    }

    /**
     * Interval that holds the lift, so it is believed.
     *
     * @param alpha how often it may not
     */
    public Interval interval(double alpha) {
        double half = STANDARD.inverseSurvivalProbability(alpha / 2) * deviation;
        return new Interval(mean - half, mean + half);
    }

    /** What is believed of the fall, where less is better. */
    public Posterior negated() {
        return new Posterior(-mean, deviation);
    }

    /** Probability that the treatment is better. */
    public double chanceToWin() {
        return STANDARD.cumulativeProbability(mean / deviation);
    }

    /** What choosing the treatment loses in the mean, as a part of the control's mean. */
    public double lossOfTreatment() {
        double z = mean / deviation;
        return deviation * STANDARD.density(z) - mean * STANDARD.cumulativeProbability(-z);
    }

    /** What choosing the control loses in the mean, as a part of its mean. */
    public double lossOfControl() {
        double z = mean / deviation;
        return deviation * STANDARD.density(z) + mean * STANDARD.cumulativeProbability(z);
    }
}
