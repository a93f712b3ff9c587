package io.weir.core.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A buffer that one thread fills again and again with hand-laid-out keys and values. */
public final class ByteWriter {

    private static final int USUAL = 1024;
    /** Above this a buffer is not kept: many threads' buffers must not pin what one large record once needed. */
    private static final int KEPT = 256 * 1024;

    private byte[] buffer = new byte[USUAL];
    private int length;

    /** A copy of what was written; the buffer is empty afterwards. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(buffer, length);
        length = 0;
        if (buffer.length > KEPT) {
            buffer = new byte[USUAL];
        }
        return taken;
    }

    /** One byte, the lowest of the value. */
    public ByteWriter put(int value) {
        room(1);
        buffer[length++] = (byte) value;
        return this;
    }

    /** The bytes as they are, without their number. */
    public ByteWriter bytes(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    /** Eight bytes, big-endian; values from 0 keep their order as bytes. */
    public ByteWriter fixed(long value) {
        room(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Seven bits a byte, the lowest first: one byte up to 127, ten for a negative value. */
    public ByteWriter varint(long value) {
        room(Long.BYTES + 2);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        return this;
    }

    /** A varint that is short for small negative values too. */
    public ByteWriter signed(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    /** Length + 1 and UTF-8; 0 for null. */
    public ByteWriter text(String value) {
        if (value == null) {
            return varint(0);
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return varint(utf8.length + 1L).bytes(utf8);
    }

    /**
     * A text inside a key, after which more follows: UTF-8 with 00 written as 00 FF, then 00. Texts keep the order of
     * their UTF-8, and the keys of one text are a range in which no key of another is ({@code a} and {@code ab}), provided
     * that what follows never begins with FF: no UTF-8 does, nor does a time. The range ends before {@code text 00 FE}.
     */
    public ByteWriter keyPart(String value) {
        return keyEnd(value).put(0);
    }

    /** A text that ends a key: as {@link #keyPart}, without the 00 after it. */
    public ByteWriter keyEnd(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (value.indexOf('\0') < 0) {
            return bytes(utf8);
        }
        for (byte b : utf8) {
            put(b);
            if (b == 0) {
                put(0xff);
            }
        }
        return this;
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
