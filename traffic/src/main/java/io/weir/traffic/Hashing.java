package io.weir.traffic;

/** A 64-bit hash of a text, the same on every Java. */
final class Hashing {
    private static final long OFFSET = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private Hashing() {}

    /** FNV-1a over the characters. */
    static long of(String text) {
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return Rng.mix(hash);
    }
}
