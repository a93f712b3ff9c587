package io.weir.core.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Bytes that it did not write end in an {@link ArrayIndexOutOfBoundsException} or in
 * nonsense: a layout begins with a version where that can happen.
 */
public final class ByteReader {

    private final byte[] bytes;
    private int position;

    /** @param bytes not copied, not to be changed while they are read */
    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether everything was read. */
    public boolean atEnd() {
        return position == bytes.length;
    }

    /** One byte, from 0 to 255. */
    public int next() {
        return bytes[position++] & 0xff;
    }

    /** So many bytes as they are. */
    public byte[] bytes(int count) {
        byte[] copy = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return copy;
    }

    /** See {@link ByteWriter#fixed}. */
    public long fixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | next();
        }
        return value;
    }

    /** See {@link ByteWriter#varint}. */
    public long varint() {
        long value = 0;
        int shift = 0;
        int read = next();
        while (read >= 0x80) {
            value |= (read & 0x7fL) << shift;
            shift += 7;
            read = next();
        }
        return value | (long) read << shift;
    }

    /** A varint that is a number of things. */
    public int count() {
        return Math.toIntExact(varint());
    }

    /** See {@link ByteWriter#signed}. */
    public long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** See {@link ByteWriter#text}. */
    public String text() {
        int length = count() - 1;
        if (length < 0) {
            return null;
        }
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    /** See {@link ByteWriter#keyPart}. */
    public String keyPart() {
        String value = keyText();
        position++;
        return value;
    }

    /** See {@link ByteWriter#keyEnd}. */
    public String keyEnd() {
        return keyText();
    }

    /** Up to the end, or to a 00 that is not an escaped one, which is left to be read. */
    private String keyText() {
        byte[] utf8 = new byte[bytes.length - position];
        int length = 0;
        while (position < bytes.length) {
            boolean zero = bytes[position] == 0;
            boolean escaped = zero && position + 1 < bytes.length && bytes[position + 1] == (byte) 0xff;
            if (zero && !escaped) {
                break;
            }
            utf8[length++] = bytes[position];
            position += escaped ? 2 : 1;
        }
        return new String(utf8, 0, length, StandardCharsets.UTF_8);
    }
}
