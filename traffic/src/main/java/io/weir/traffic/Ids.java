package io.weir.traffic;

import java.nio.charset.StandardCharsets;

/** Identifiers in the form of random UUIDs (version 4), all different, that follow from the seed. */
final class Ids {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final long HIGH = 0x1D8AF066E5C3A7B1L;
    private static final long LOW = 0x6A09E667F3BCC909L;

    private final long seed;
    private long issued;

    Ids(long seed) {
        this.seed = seed;
    }

    /** An identifier that was not issued before. */
    String next() {
        return uuid(seed, ++issued);
    }

    /** 16 hexadecimal digits that were not issued before. */
    String nextHex() {
        byte[] text = new byte[16];
        write(Rng.mix(seed + ++issued), 60, 16, text, 0);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** The identifier of a numbered thing. */
    static String uuid(long seed, long number) {
        long high = (Rng.hash(seed ^ HIGH, number) & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long low = (Rng.hash(seed ^ LOW, number) & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        byte[] text = new byte[36];
        write(high, 60, 8, text, 0);
        text[8] = '-';
        write(high, 28, 4, text, 9);
        text[13] = '-';
        write(high, 12, 4, text, 14);
        text[18] = '-';
        write(low, 60, 4, text, 19);
        text[23] = '-';
        write(low, 44, 12, text, 24);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void write(long bits, int highestShift, int digits, byte[] text, int offset) {
        int shift = highestShift;
        for (int i = 0; i < digits; i++) {
            text[offset + i] = HEX[(int) (bits >>> shift) & 15];
            shift -= 4;
        }
    }
}
