package io.weir.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.gamma.LogGamma;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures that others have published with their own implementations, to the precision with which they print (some cut) them. */
class PublishedVectorsTest {

    private static final Offset<Double> FIVE_PLACES = within(5e-6);
    private static final double ALPHA = 0.05;

    private final Sample control = Sample.of(3407, 1396.87, 52377.9767);
    private final Sample treatment = Sample.of(3461, 2422.7, 134698.29);

    /** growthbook packages/stats/tests/frequentist/test_tests.py. */
    @Test
    void growthbookRelativeLiftOfAMean() {
        Difference lift = Difference.relative(control, treatment).orElseThrow();

        assertThat(lift.estimate()).isCloseTo(0.70732, FIVE_PLACES);
        assertThat(lift.standardError()).isCloseTo(0.37879, FIVE_PLACES);
        assertThat(lift.degreesOfFreedom()).isCloseTo(5841.742, within(5e-4));
        assertThat(FixedHorizon.p(lift)).isCloseTo(0.06191, FIVE_PLACES);
        assertInterval(FixedHorizon.interval(lift, ALPHA), -0.03526, 1.44989, FIVE_PLACES);
    }

    @Test
    void growthbookRelativeLiftOfAProportion() {
        Difference lift = Difference.relative(Sample.proportion(28, 14), Sample.proportion(30, 16))
                .orElseThrow();

        assertThat(lift.estimate()).isCloseTo(0.06667, FIVE_PLACES);
        assertThat(lift.standardError()).isCloseTo(0.2717, within(5e-5));
        assertThat(FixedHorizon.p(lift)).isCloseTo(0.80707, FIVE_PLACES);
        assertInterval(FixedHorizon.interval(lift, ALPHA), -0.47767, 0.61101, FIVE_PLACES);
    }

    @Test
    void growthbookSequentialLift() {
        Difference lift = Difference.relative(Sample.of(3000, 1396.87, 52377.9767), treatment)
                .orElseThrow();

        assertThat(lift.estimate()).isCloseTo(0.50336, FIVE_PLACES);
        assertThat(lift.standardError()).isCloseTo(0.33341, FIVE_PLACES);
        assertInterval(new AlwaysValid(ALPHA, 1000).interval(lift), -0.55844, 1.56516, FIVE_PLACES);
        assertThat(new AlwaysValid(ALPHA, 1000).p(lift)).isEqualTo(1);
        assertInterval(new AlwaysValid(ALPHA, 10).interval(lift), -0.76785, 1.77457, FIVE_PLACES);
        assertThat(new AlwaysValid(ALPHA, 10).p(lift)).isEqualTo(1);
    }

    /** PostHog products/experiments/stats/tests/. */
    @Test
    void posthogRelativeLiftOfAProportion() {
        Difference lift = Difference.relative(Sample.proportion(1529, 87), Sample.proportion(1471, 62))
                .orElseThrow();

        assertThat(lift.estimate()).isCloseTo(-0.25925, within(1e-5));
        assertThat(FixedHorizon.p(lift)).isCloseTo(0.030960, within(1e-6));
        assertInterval(FixedHorizon.interval(lift, ALPHA), -0.49475, -0.02376, FIVE_PLACES);
    }

    @Test
    void posthogRatio() {
        Ratio t = new Ratio(2034, 99673.9364269569, 11298745.182728939, 947, 947, 99673.9364269569);
        Ratio c = new Ratio(1966, 94605.79858780127, 10463129.505392816, 936, 936, 94605.79858780127);

        Difference lift = Difference.relative(c.sample(), t.sample()).orElseThrow();

        assertThat(lift.estimate()).isCloseTo(0.041333, within(5e-7));
        assertThat(FixedHorizon.p(lift)).isCloseTo(0.0032826, within(1e-7));
        assertInterval(FixedHorizon.interval(lift, ALPHA), 0.01378609, 0.0689, within(2e-5));
    }

    /** growthbook tsgbstats/test/fixtures/gbstats.fixtures.json. */
    @Test
    void growthbookRatio() {
        Ratio c = new Ratio(100, 270, 848.79, 510, 810, -900);
        Ratio t = new Ratio(120, 300, 869, 500, 800, -905);

        Difference lift = Difference.relative(c.sample(), t.sample()).orElseThrow();

        assertThat(lift.estimate()).isCloseTo(0.13333, FIVE_PLACES);
        assertThat(FixedHorizon.p(lift)).isCloseTo(0.61066, FIVE_PLACES);
        assertInterval(FixedHorizon.interval(lift, ALPHA), -0.38208, 0.64874, FIVE_PLACES);
    }

    @Test
    void growthbookCuped() {
        Cuped c = new Cuped(3001, 300, 600, 210, 415, -20);
        Cuped t = new Cuped(3000, 222, 555, 120, 405, -10);

        Difference lift = Cuped.relative(c, t);

        assertThat(Cuped.theta(c, t)).isCloseTo(-0.0732119, within(5e-8));
        assertThat(lift.estimate()).isCloseTo(-0.28171, FIVE_PLACES);
        assertThat(FixedHorizon.p(lift)).isCloseTo(0.00373, FIVE_PLACES);
        assertInterval(FixedHorizon.interval(lift, ALPHA), -0.47207, -0.09135, FIVE_PLACES);
    }

    /** Spotify confidence tests/frequentist/test_ttest.py: control minus treatment. */
    @Test
    void spotifyAbsoluteDifference() {
        Difference difference = Difference.absolute(Sample.of(150, 330, 1010), Sample.of(10, 24, 80))
                .orElseThrow();

        assertThat(-difference.estimate()).isCloseTo(-0.2, within(1e-12));
        assertThat(difference.degreesOfFreedom()).isCloseTo(9.94, within(5e-3));
        assertThat(FixedHorizon.p(difference)).isCloseTo(0.704021, within(1e-6));
        Interval interval = FixedHorizon.interval(difference, ALPHA);
        assertInterval(new Interval(-interval.high(), -interval.low()), -1.340533, 0.940533, within(5e-7));
    }

    /** growthbook packages/stats/tests/bayesian/test_tests.py. */
    @Test
    void growthbookBayesianProportion() {
        Posterior lift = Posterior.flat(Difference.relative(Sample.proportion(100, 49), Sample.proportion(100, 51))
                .orElseThrow());

        assertThat(lift.mean()).isCloseTo(0.04082, FIVE_PLACES);
        assertThat(lift.deviation()).isCloseTo(0.14725, FIVE_PLACES);
        assertInterval(lift.interval(ALPHA), -0.24779, 0.32943, FIVE_PLACES);
        assertThat(lift.chanceToWin()).isCloseTo(0.60918, FIVE_PLACES);
        assertThat(lift.lossOfControl()).isCloseTo(0.0814, FIVE_PLACES);
        assertThat(lift.lossOfTreatment()).isCloseTo(0.04058, FIVE_PLACES);
    }

    @Test
    void growthbookBayesianMeanWithAndWithoutPrior() {
        Difference relative = Difference.relative(Sample.of(10, 100, 1002.25), Sample.of(10, 105, 1111.5))
                .orElseThrow();

        Posterior flat = Posterior.flat(relative);
        assertThat(flat.mean()).isCloseTo(0.05, FIVE_PLACES);
        assertThat(flat.deviation()).isCloseTo(0.03572, FIVE_PLACES);
        assertInterval(flat.interval(ALPHA), -0.02, 0.12, within(5e-5));
        assertThat(flat.chanceToWin()).isCloseTo(0.91923, FIVE_PLACES);
        assertThat(flat.lossOfControl()).isCloseTo(0.05131, FIVE_PLACES);
        assertThat(flat.lossOfTreatment()).isCloseTo(0.00131, FIVE_PLACES);

        Posterior believed = Posterior.withPrior(relative, 0.1, 0.1);
        assertThat(believed.mean()).isCloseTo(0.05063, FIVE_PLACES);
        assertThat(believed.deviation()).isCloseTo(0.03549, FIVE_PLACES);
        assertInterval(believed.interval(ALPHA), -0.01893, 0.12019, FIVE_PLACES);
        assertThat(believed.chanceToWin()).isCloseTo(0.92315, FIVE_PLACES);
        assertThat(believed.lossOfControl()).isCloseTo(0.05186, FIVE_PLACES);
        assertThat(believed.lossOfTreatment()).isCloseTo(0.00123, FIVE_PLACES);
    }

    @Test
    void growthbookSampleRatio() {
        assertThat(new SampleRatio(1, 1).chiSquareP(1000, 1200)).isCloseTo(0.000020079, within(5e-10));
        assertThat(new SampleRatio(0.5, 0.5).chiSquareP(502, 498)).isCloseTo(0.8993431885613663, within(1e-12));
        assertThat(new SampleRatio(1, 1, 1, 1).chiSquareP(1000, 950, 1050, 1000))
                .isCloseTo(0.171797, within(5e-7));
    }

    /**
     * optimizely/ssrm test_ssrm_test.py: probabilities of rows of counts, cumulated. Theirs are of the counts in any order,
     * ours of one order: the multinomial coefficient is between them, and falls out of the Bayes factor.
     */
    @Test
    void optimizelySequentialSampleRatio() {
        SampleRatio ratio = new SampleRatio(0.4, 0.4, 0.2);
        long[][] rows = {{20, 17, 9}, {18, 21, 8}, {4, 6, 4}, {18, 19, 11}};
        double[] concentration = {1, 1, 1};
        List<Double> alternative = new ArrayList<>();
        List<Double> planned = new ArrayList<>();
        long[] cumulated = new long[3];
        double coefficients = 0;
        for (long[] row : rows) {
            coefficients += logMultinomial(row);
            for (int i = 0; i < row.length; i++) {
                cumulated[i] += row[i];
            }
            alternative.add(SampleRatio.logAlternative(concentration, cumulated) + coefficients);
            planned.add(ratio.logPlanned(cumulated) + coefficients);
        }

        assertThat(alternative)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
                .containsExactly(-7.028201432058012, -11.947847738358888, -15.471401950257842, -19.96484521090386);
        assertThat(planned)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
                .containsExactly(-4.0776406466061985, -8.265946861099877, -11.610743519545139, -15.781031228536165);
    }

    /** The same formula with the product's own concentration of 10 000, computed apart with the C library's lgamma. */
    @Test
    void theSequentialSampleRatioOfTheProduct() {
        assertThat(new SampleRatio(1, 1).sequentialP(1000, 1200)).isCloseTo(0.21435491463911463, within(1e-8));
        assertThat(new SampleRatio(1, 1).sequentialP(5000, 5400)).isCloseTo(0.02828214533, within(1e-8));
        assertThat(new SampleRatio(2, 1, 1).sequentialP(3000, 1700, 1300)).isCloseTo(7.224909e-5, within(1e-10));
    }

    private static double logMultinomial(long... counts) {
        double all = 0;
        double result = 0;
        for (long count : counts) {
            all += count;
            result -= LogGamma.value(count + 1.0);
        }
        return result + LogGamma.value(all + 1);
    }

    /** confseq test/uniform_boundaries_unittest.cpp. */
    @Test
    void confseqNormalMixture() {
        NormalMixture mixture = NormalMixture.tightestAt(100, ALPHA);

        assertThat(mixture.rho()).isCloseTo(12.60056, FIVE_PLACES);
        assertThat(mixture.bound(100, ALPHA)).isCloseTo(30.35209, FIVE_PLACES);
        assertThat(mixture.logMixture(10, 100)).isCloseTo(-0.6510052, within(5e-8));
    }

    /** growthbook packages/shared. */
    @Test
    void growthbookMultipleTesting() {
        assertThat(MultipleTesting.holm(0.01, 0.04, 0.03, 0.005, 0.55, 0.6))
                .containsExactly(new double[] {0.05, 0.12, 0.12, 0.03, 1, 1}, within(1e-12));
        assertThat(MultipleTesting.benjaminiHochberg(0.898, 0.138, 0.007, 0.964, 0.538, 0.006, 0.138))
                .containsExactly(new double[] {0.964, 0.2415, 0.0245, 0.964, 0.7532, 0.0245, 0.2415}, within(1e-12));
    }

    private static void assertInterval(Interval interval, double low, double high, Offset<Double> precision) {
        assertThat(interval.low()).isCloseTo(low, precision);
        assertThat(interval.high()).isCloseTo(high, precision);
    }
}
