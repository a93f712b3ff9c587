package io.weir.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** How long one kind of output took, each time since its input was due. Mutable. */
final class Latency {

    private final String what;
    private long[] micros = {};
    private int count;
    private int unmeasured;

    Latency(String what) {
        this.what = what;
    }

    /**
     * Has one come now.
     *
     * @param dueNanos of its input, as {@link System#nanoTime()} has it
     */
    void came(long dueNanos) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, Math.max(1_024, 2 * count));
        }
        micros[count] = (System.nanoTime() - dueNanos) / 1_000;
        count++;
    }

    /** One has come that is not to be counted: it ran what had never run before. */
    void cameUnmeasured() {
        unmeasured++;
    }

    /** Takes over what another has seen. */
    void add(Latency other) {
        micros = Arrays.copyOf(micros, count + other.count);
        System.arraycopy(other.micros, 0, micros, count, other.count);
        count += other.count;
    }

    /** What a share of those that are measured did not exceed, milliseconds; zero if there are none. */
    double millis(double quantile) {
        long[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : at(sorted, quantile);
    }

    /** All that have come. */
    int count() {
        return unmeasured + count;
    }

    double meanSeconds() {
        return Arrays.stream(micros, 0, count).average().orElse(0) / 1e6;
    }

    @Override
    public String toString() {
        if (count == 0) {
            return what + ": none";
        }
        long[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%s: %,d, p50 %.0f ms, p90 %.0f, p99 %.0f, p99.9 %.0f, largest %.0f",
                what,
                count,
                at(sorted, 0.5),
                at(sorted, 0.9),
                at(sorted, 0.99),
                at(sorted, 0.999),
                at(sorted, 1));
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1)] / 1e3;
    }
}
