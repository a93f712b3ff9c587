package io.weir.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ZipfTest {

    @Property(tries = 200)
    void ranksAreWithinBounds(
            @ForAll @IntRange(min = 1, max = 2_000_000_000) int ranks,
            @ForAll @DoubleRange(min = 0.05, max = 3) double exponent,
            @ForAll long seed) {
        Zipf zipf = new Zipf(ranks, exponent);
        Rng rng = new Rng(seed);

        for (int i = 0; i < 100; i++) {
            assertThat(zipf.sample(rng)).isBetween(0, ranks - 1);
        }
    }

    @Property(tries = 10)
    void frequenciesFollowTheLaw(@ForAll @DoubleRange(min = 0.3, max = 1.5) double exponent) {
        Zipf zipf = new Zipf(50, exponent);
        Rng rng = new Rng(5);
        int samples = 100_000;

        int[] counts = new int[50];
        for (int i = 0; i < samples; i++) {
            counts[zipf.sample(rng)]++;
        }

        double[] expected = zipf.probabilities();
        for (int k = 0; k < 50; k++) {
            double deviation = Math.sqrt(samples * expected[k]);
            assertThat(counts[k]).isCloseTo((int) (samples * expected[k]), within((int) (5 * deviation) + 1));
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Zipf(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Zipf: expected ranks ≥ 1 and an exponent > 0, found 0 and 1.0");
    }
}
