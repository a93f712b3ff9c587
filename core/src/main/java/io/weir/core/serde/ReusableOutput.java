package io.weir.core.serde;

import java.util.Arrays;

/** Avro's binary primitives into a buffer that one thread fills again and again. */
final class ReusableOutput {

    private static final int USUAL = 4 * 1024;
    /** Above this a buffer is not kept: a few hundred threads' buffers must not pin a gigabyte. */
    private static final int KEPT = 256 * 1024;
    /** Seven bits a byte: what a long takes at most. */
    private static final int LONGEST_VARINT = 10;

    private byte[] buffer = new byte[USUAL];
    private int length;

    void reset() {
        length = 0;
    }

    void writeByte(int value) {
        room(1);
        buffer[length++] = (byte) value;
    }

    /** Zig-zag, then seven bits a byte, the least first. */
    void writeLong(long value) {
        room(LONGEST_VARINT);
        long left = (value << 1) ^ (value >> 63);
        while ((left & ~0x7FL) != 0) {
            buffer[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        buffer[length++] = (byte) left;
    }

    /** Eight bytes, the least first. */
    void writeDouble(double value) {
        room(Double.BYTES);
        long bits = Double.doubleToRawLongBits(value);
        for (int i = 0; i < Double.BYTES; i++) {
            buffer[length++] = (byte) (bits >>> (8 * i));
        }
    }

    void write(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    byte[] take() {
        byte[] bytes = Arrays.copyOf(buffer, length);
        if (buffer.length > KEPT) {
            buffer = new byte[USUAL];
        }
        reset();
        return bytes;
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.multiplyExact(buffer.length, 2), Math.addExact(length, more)));
        }
    }
}
