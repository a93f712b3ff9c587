package io.weir.traffic;

import java.util.List;

/**
 * SplitMix64. Written out, and on {@link StrictMath}, because the same seed must give the same messages on every JDK and
 * processor.
 */
final class Rng {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Rng(long seed) {
        this.state = seed;
    }

    /** A generator for one of many independent purposes of the same seed. */
    static Rng of(long seed, long purpose) {
        return new Rng(hash(seed, purpose));
    }

    /** A well-mixed function of both numbers: the same everywhere, for attributes that are computed and not stored. */
    static long hash(long seed, long number) {
        return mix(mix(seed + GOLDEN_GAMMA) + number * GOLDEN_GAMMA);
    }

    /** A one-to-one mapping of the 64-bit numbers to themselves. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A hash as a number from 0 (included) to 1 (excluded). */
    static double unit(long hash) {
        return (hash >>> 11) * 0x1.0p-53;
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 (included) to bound (excluded). */
    int nextInt(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** From 0 (included) to 1 (excluded). */
    double nextDouble() {
        return unit(nextLong());
    }

    boolean chance(double probability) {
        return nextDouble() < probability;
    }

    /** A whole number, both ends included. */
    long between(long lowest, long highest) {
        return lowest + (long) (nextDouble() * (highest - lowest + 1));
    }

    double exponential(double mean) {
        return -mean * StrictMath.log(1 - nextDouble());
    }

    /** Evenly spread over the orders of magnitude between the two. */
    double logUniform(double lowest, double highest) {
        return lowest * StrictMath.exp(nextDouble() * StrictMath.log(highest / lowest));
    }

    <T> T pick(List<T> choices) {
        return choices.get(nextInt(choices.size()));
    }
}
