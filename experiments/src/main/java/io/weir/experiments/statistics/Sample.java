package io.weir.experiments.statistics;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A sample of one number per unit.
 *
 * @param n number of units
 * @param mean of the units
 * @param variance of the units, unbiased; of a proportion p(1 − p)
 */
public record Sample(double n, double mean, double variance) {

    /**
     * A sample by its sums.
     *
     * @param n number of units
     * @param sum Σy
     * @param squares Σy²
     */
    public static Sample of(double n, double sum, double squares) {
        return new Sample(n, sum / n, (squares - sum * sum / n) / (n - 1));
    }

    /**
     * The same of exact sums: units that all have the same amount have no variance, not one that is left of rounding.
     *
     * @param n number of units
     * @param sum Σy
     * @param squares Σy²
     */
    public static Sample of(long n, BigDecimal sum, BigDecimal squares) {
        if (n < 2) {
            return of((double) n, sum.doubleValue(), squares.doubleValue());
        }
        BigDecimal units = BigDecimal.valueOf(n);
        BigDecimal spread = squares.multiply(units).subtract(sum.multiply(sum));
        BigDecimal pairs = units.multiply(BigDecimal.valueOf(n - 1));
        return new Sample(
                (double) n,
                sum.divide(units, MathContext.DECIMAL64).doubleValue(),
                spread.divide(pairs, MathContext.DECIMAL64).doubleValue());
    }

    /**
     * A sample of units of which some have done something.
     *
     * @param n number of units
     * @param successes those that have
     */
    public static Sample proportion(double n, double successes) {
        double share = successes / n;
        return new Sample(n, share, share * (1 - share));
    }

    /** Whether anything can be concluded: two units that differ. */
    public boolean isConclusive() {
        return n > 1 && variance > 0;
    }

    /** The same units, each with so many times its number. */
    public Sample times(double factor) {
        return new Sample(n, mean * factor, variance * factor * factor);
    }

    /** Standard deviation of the units. */
    public double deviation() {
        return Math.sqrt(Math.max(0, variance));
    }

    /** Variance of the mean. */
    double varianceOfMean() {
        return variance / n;
    }
}
