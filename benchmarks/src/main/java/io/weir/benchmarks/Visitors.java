package io.weir.benchmarks;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** The visitors that some messages are of: how many, and a few of them. Mutable. */
final class Visitors {

    /** Bits for as many visitors as are ever made: with 10 million the count is right to one in a thousand. */
    private static final int BITS = 1 << 27;

    private static final int SAMPLE = 10_000;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final BitSet seen = new BitSet();
    private final List<String> sample = new ArrayList<>();
    private final Random random = new Random(1);
    private long messages;

    void see(String visitor) {
        long hash = visitor.hashCode();
        for (int i = visitor.length() - 1; i >= 0; i--) {
            hash = (hash + visitor.charAt(i)) * ODD;
        }
        seen.set((int) (hash >>> 37));
        messages++;
        if (sample.size() < SAMPLE) {
            sample.add(visitor);
        } else if (random.nextDouble() * messages < SAMPLE) {
            sample.set(random.nextInt(SAMPLE), visitor);
        }
    }

    /**
     * How many there are, nearly: by linear counting (Whang, Vander-Zanden and Taylor, "A linear-time probabilistic counting algorithm
     * for database applications", 1990).
     */
    long count() {
        return Math.round(-BITS * Math.log1p(-seen.cardinality() / (double) BITS));
    }

    /** Some of them, by how many messages they have. */
    List<String> some() {
        return List.copyOf(sample);
    }
}
