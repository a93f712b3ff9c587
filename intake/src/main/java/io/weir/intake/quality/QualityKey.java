package io.weir.intake.quality;

import io.weir.intake.admission.EventLabel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is counted: one label in one minute of the raw log, as bytes that sort by minute, then source, then event name.
 *
 * <pre>
 * 8 bytes     start of the minute, big-endian millis
 * 4 texts     source, event name, library, library version: each 2 bytes length (65535 for null) and UTF-8
 * </pre>
 */
public final class QualityKey {

    /** Characters of a label that are kept: identifiers have at most 256, and what was refused may be any length. */
    private static final int LONGEST = 256;

    private static final int NULL = 0xFFFF;

    private final byte[] bytes;
    private final int hash;

    private QualityKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /**
     * The key of a label.
     *
     * @param timestamp of the raw record, millis since the epoch, UTC
     */
    public static QualityKey of(long timestamp, EventLabel label) {
        byte[] source = text(label.source());
        byte[] name = text(label.eventName());
        byte[] library = text(label.library());
        byte[] version = text(label.libraryVersion());
        ByteBuffer out = ByteBuffer.allocate(
                Long.BYTES + 4 * Short.BYTES + length(source) + length(name) + length(library) + length(version));
        out.putLong(AlertRule.minuteOf(timestamp));
        put(out, source);
        put(out, name);
        put(out, library);
        put(out, version);
        return new QualityKey(out.array());
    }

    /** A key from its bytes, which must not change any more. */
    public static QualityKey of(byte[] bytes) {
        return new QualityKey(bytes);
    }

    /** The bytes of this key, not copied. */
    public byte[] bytes() {
        return bytes;
    }

    /** Start of the minute, millis since the epoch, UTC. */
    public long minute() {
        return minute(bytes);
    }

    /** What was counted. */
    public EventLabel label() {
        ByteBuffer in = ByteBuffer.wrap(bytes, Long.BYTES, bytes.length - Long.BYTES);
        return new EventLabel(next(in), next(in), next(in), next(in));
    }

    /** Start of the minute of a key's bytes. */
    static long minute(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    /** The least key that a minute may have: less than every key of it. */
    static byte[] startOf(long minute) {
        return ByteBuffer.allocate(Long.BYTES).putLong(minute).array();
    }

    private static byte[] text(String text) {
        return text == null ? null : clipped(text).getBytes(StandardCharsets.UTF_8);
    }

    private static String clipped(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    private static int length(byte[] text) {
        return text == null ? 0 : text.length;
    }

    private static void put(ByteBuffer out, byte[] text) {
        if (text == null) {
            out.putShort((short) NULL);
        } else {
            out.putShort((short) text.length).put(text);
        }
    }

    private static String next(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length == NULL) {
            return null;
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QualityKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return minute() + " " + label();
    }
}
