package io.weir.traffic;

/**
 * Draws ranks 0, 1, … in which rank k comes with probability proportional to (k+1)^-exponent, by rejection-inversion
 * (Hörmann and Derflinger 1996): constant time and memory for any number of ranks, fewer than 1.1 attempts on average.
 */
final class Zipf {
    private final int ranks;
    private final double exponent;
    private final double integralFirst;
    private final double integralLast;
    private final double squeeze;

    /**
     * @param ranks at least 1
     * @param exponent above 0; 1 is Zipf's own law, smaller is flatter
     */
    Zipf(int ranks, double exponent) {
        if (ranks < 1 || !(exponent > 0)) {
            throw new IllegalArgumentException(
                    "Zipf: expected ranks ≥ 1 and an exponent > 0, found " + ranks + " and " + exponent);
        }
        this.ranks = ranks;
        this.exponent = exponent;
        this.integralFirst = integral(1.5) - 1;
        this.integralLast = integral(ranks + 0.5);
        this.squeeze = 2 - inverse(integral(2.5) - density(2));
    }

    int sample(Rng rng) {
        while (true) {
            double u = integralLast + rng.nextDouble() * (integralFirst - integralLast);
            double x = inverse(u);
            int k = Math.max(1, Math.min(ranks, (int) (x + 0.5)));
            if (k - x <= squeeze || u >= integral(k + 0.5) - density(k)) {
                return k - 1;
            }
        }
    }

    /** Probabilities of all ranks; takes time and memory in proportion to their number. */
    double[] probabilities() {
        double[] probabilities = new double[ranks];
        double total = 0;
        for (int k = 0; k < ranks; k++) {
            probabilities[k] = density(k + 1);
            total += probabilities[k];
        }
        for (int k = 0; k < ranks; k++) {
            probabilities[k] /= total;
        }
        return probabilities;
    }

    private double density(double x) {
        return StrictMath.exp(-exponent * StrictMath.log(x));
    }

    private double integral(double x) {
        double logX = StrictMath.log(x);
        return expm1OverX((1 - exponent) * logX) * logX;
    }

    private double inverse(double x) {
        double t = Math.max(-1, x * (1 - exponent));
        return StrictMath.exp(log1pOverX(t) * x);
    }

    /** log(1+x)/x, by its series where x is too small to divide by. */
    private static double log1pOverX(double x) {
        return Math.abs(x) > 1e-8 ? StrictMath.log1p(x) / x : 1 - x * (0.5 - x * (1.0 / 3 - 0.25 * x));
    }

    /** (e^x-1)/x, by its series where x is too small to divide by. */
    private static double expm1OverX(double x) {
        return Math.abs(x) > 1e-8 ? StrictMath.expm1(x) / x : 1 + x * 0.5 * (1 + x / 3 * (1 + 0.25 * x));
    }
}
