package io.weir.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AlwaysValidTest {

    private static final double ALPHA = 0.05;

    private final Difference difference = Difference.absolute(
                    Sample.proportion(10_000, 200), Sample.proportion(10_000, 290))
            .orElseThrow();

    /** The formula as gbstats writes it, in which ρ² is one over the mixture's ρ. */
    @Test
    void isTheFormulaOfGbstats() {
        double n = difference.n();
        double se = difference.standardError();
        double rho2 = (-2 * Math.log(ALPHA) + Math.log(1 - 2 * Math.log(ALPHA))) / 5000;
        double q = n * rho2 + 1;
        double half = se * Math.sqrt(n) * Math.sqrt(2 * q * Math.log(Math.sqrt(q) / ALPHA)) / (n * Math.sqrt(rho2));
        double p =
                Math.sqrt(q) * Math.exp(-rho2 * n * difference.estimate() * difference.estimate() / (2 * q * se * se));

        AlwaysValid sequence = new AlwaysValid(ALPHA, 5000);

        assertThat(sequence.interval(difference).low()).isCloseTo(difference.estimate() - half, within(1e-12));
        assertThat(sequence.interval(difference).high()).isCloseTo(difference.estimate() + half, within(1e-12));
        assertThat(sequence.p(difference)).isLessThan(ALPHA).isCloseTo(p, within(1e-12));
    }

    /** Johari et al.: the mixture sequential probability ratio test with τ² = ρ²·n·V is the same thing. */
    @Test
    void isTheMixtureSequentialProbabilityRatioTest() {
        double v = difference.standardError() * difference.standardError();
        double rho2 = (-2 * Math.log(ALPHA) + Math.log(1 - 2 * Math.log(ALPHA))) / 5000;
        double tau2 = rho2 * difference.n() * v;
        double d = difference.estimate();
        double ratio = Math.sqrt(v / (v + tau2)) * Math.exp(tau2 * d * d / (2 * v * (v + tau2)));

        assertThat(new AlwaysValid(ALPHA, 5000).p(difference)).isCloseTo(1 / ratio, within(1e-12));
    }

    @Test
    void pIsAlphaWhereTheIntervalTouchesZero() {
        AlwaysValid sequence = new AlwaysValid(ALPHA, 5000);
        double half = sequence.interval(difference).high() - difference.estimate();
        Difference touching = new Difference(half, difference.standardError(), 1e4, difference.n());

        assertThat(sequence.p(touching)).isCloseTo(ALPHA, within(1e-12));
    }

    @Test
    void nothingIsConcludedOfOneUnitOrOfEqualOnes() {
        assertThat(Difference.absolute(Sample.of(1, 5, 25), Sample.of(10, 24, 80)))
                .isEmpty();
        assertThat(Difference.absolute(Sample.of(10, 24, 80), Sample.proportion(10, 0)))
                .isEmpty();
        assertThat(Difference.relative(Sample.of(2, 0, 2), Sample.of(10, 24, 80)))
                .isEmpty();
    }
}
