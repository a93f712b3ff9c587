package io.weir.experiments.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Whether units came to the variants in the shares that were planned. */
public final class SampleRatio {

    /** How sure the alternative is that shares are about as planned: so many units' worth. */
    private static final double CONCENTRATION = 10_000;

    /** So rare is a sequential p below this, by chance, that it is a mismatch. */
    private static final double MISMATCH = 0.001;

    private final double[] shares;

    /** @param weights of the variants, above 0; only their proportions matter */
    public SampleRatio(double... weights) {
        double all = Arrays.stream(weights).sum();
        this.shares = Arrays.stream(weights).map(weight -> weight / all).toArray();
    }

    /** Units of an epoch, and the shares that were planned then. */
    public record Observed(SampleRatio planned, List<Long> units) {

        /** Copies the list. */
        public Observed {
            units = List.copyOf(units);
        }

        private long[] counts() {
            return units.stream().mapToLong(Long::longValue).toArray();
        }
    }

    /**
     * What the units say.
     *
     * @param chiSquareP for one look
     * @param sequentialP for as many looks as one likes
     */
    public record Check(double chiSquareP, double sequentialP) {

        /** Whether shares are not as planned. */
        public boolean isMismatch() {
            return sequentialP < MISMATCH;
        }
    }

    /** Looks at all epochs together: distances, degrees of freedom and evidence of each add up. */
    public static Check check(List<Observed> epochs) {
        double distance = 0;
        long freedom = 0;
        double evidence = 0;
        for (Observed epoch : epochs) {
            long[] units = epoch.counts();
            if (units.length > 1 && Arrays.stream(units).sum() > 0) {
                distance += epoch.planned().distance(units);
                freedom += units.length - 1;
                evidence += epoch.planned().logBayesFactor(units);
            }
        }
        double p =
                freedom == 0 ? 1 : ChiSquaredDistribution.of((double) freedom).survivalProbability(distance);
        return new Check(p, Math.min(1, Math.exp(-evidence)));
    }

    /**
     * p of Pearson's χ²: for one look.
     *
     * @param units of each variant; 1 if there are none
     */
    public double chiSquareP(long... units) {
        return check(List.of(observed(units))).chiSquareP();
    }

    private Observed observed(long... units) {
        return new Observed(this, Arrays.stream(units).boxed().toList());
    }

    private double distance(long... units) {
        double all = Arrays.stream(units).sum();
        return IntStream.range(0, units.length)
                .mapToDouble(i -> {
                    double expected = all * shares[i];
                    return (units[i] - expected) * (units[i] - expected) / expected;
                })
                .sum();
    }

    /**
     * p that may be looked at as often as one likes: one over the Bayes factor against the planned shares.
     *
     * @param units of each variant
     */
    public double sequentialP(long... units) {
        return check(List.of(observed(units))).sequentialP();
    }

    private double logBayesFactor(long... units) {
        double[] concentration =
                Arrays.stream(shares).map(share -> CONCENTRATION * share).toArray();
        return logAlternative(concentration, units) - logPlanned(units);
    }

    /** Logarithm of the probability of these units, one after the other, in the planned shares. */
    double logPlanned(long... units) {
        return IntStream.range(0, units.length)
                .mapToDouble(i -> units[i] * Math.log(shares[i]))
                .sum();
    }

    /** Logarithm of their probability in shares that are not known: those of a Dirichlet distribution. */
    static double logAlternative(double[] concentration, long... units) {
        double sum = Arrays.stream(concentration).sum();
        double result =
                LogGamma.value(sum) - LogGamma.value(sum + Arrays.stream(units).sum());
        for (int i = 0; i < units.length; i++) {
            result += LogGamma.value(concentration[i] + units[i]) - LogGamma.value(concentration[i]);
        }
        return result;
    }
}
