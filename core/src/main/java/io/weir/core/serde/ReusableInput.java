package io.weir.core.serde;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Avro's binary primitives out of an array, for one thread. Every method throws if the bytes are not what it reads. */
final class ReusableInput {

    private byte[] bytes = {};
    private int position;

    /** Reads those bytes from there on. */
    void over(byte[] from, int offset) {
        bytes = from;
        position = offset;
    }

    long readLong() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = next();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("A number has more than ten bytes");
    }

    int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new IllegalArgumentException("An int is " + value);
        }
        return (int) value;
    }

    double readDouble() {
        need(Double.BYTES);
        long bits = 0;
        for (int i = 0; i < Double.BYTES; i++) {
            bits |= (bytes[position++] & 0xFFL) << (8 * i);
        }
        return Double.longBitsToDouble(bits);
    }

    boolean readBoolean() {
        return next() == 1;
    }

    String readText() {
        int length = readLength();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    byte[] readBytes() {
        int length = readLength();
        byte[] copy = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return copy;
    }

    /** The position of a branch or a symbol, below the bound. */
    int readIndex(int bound) {
        long index = readLong();
        if (index < 0 || index >= bound) {
            throw new IllegalArgumentException("A position is " + index + " of " + bound);
        }
        return (int) index;
    }

    /** How many elements come next; a negative number says that their size in bytes comes before them. */
    long readBlock() {
        long elements = readLong();
        if (elements < 0) {
            readLong();
            elements = -elements;
        }
        if (elements < 0 || elements > bytes.length - position) {
            throw new IllegalArgumentException("A block is longer than the record");
        }
        return elements;
    }

    private int readLength() {
        long length = readLong();
        if (length < 0 || length > bytes.length - position) {
            throw new IllegalArgumentException(
                    "A length is " + length + " with " + (bytes.length - position) + " bytes left");
        }
        return (int) length;
    }

    private int next() {
        need(1);
        return bytes[position++];
    }

    private void need(int length) {
        if (bytes.length - position < length) {
            throw new IllegalArgumentException("The record ends too early");
        }
    }
}
