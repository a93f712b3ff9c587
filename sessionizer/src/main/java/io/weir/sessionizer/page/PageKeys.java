package io.weir.sessionizer.page;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of pages: the hour since 1970 as eight bytes big-endian, and the UTF-8 of the path to the end. After the last path
 * of an hour, {@code hour FF}: no UTF-8 begins with FF; its value is the number of the hour's paths.
 */
final class PageKeys {

    private static final long HOUR = 3_600_000;
    private static final int AFTER_EVERY_PATH = 0xff;
    /** Longer paths are cut: an address may have 4096 characters, and few pages differ only after the first thousand. */
    private static final int LONGEST = 1024;
    /** What of a cut path is kept; the rest of {@link #LONGEST} is for the mark and the hash. */
    private static final int KEPT = LONGEST - 1 - 16;

    private PageKeys() {}

    static long hour(long millis) {
        return Math.floorDiv(millis, HOUR);
    }

    static Bytes of(ByteWriter out, long hour, byte[] path) {
        return Bytes.wrap(out.fixed(hour).bytes(path).take());
    }

    static Bytes from(long hour) {
        return Bytes.wrap(new ByteWriter().fixed(hour).take());
    }

    static Bytes paths(ByteWriter out, long hour) {
        return Bytes.wrap(out.fixed(hour).put(AFTER_EVERY_PATH).take());
    }

    static long hour(Bytes key) {
        return new ByteReader(key.get()).fixed();
    }

    /** Whether it is the key of an hour's number of paths. */
    static boolean isPaths(Bytes key) {
        return key.get().length > Long.BYTES && (key.get()[Long.BYTES] & 0xff) == AFTER_EVERY_PATH;
    }

    static String path(Bytes key) {
        return new String(key.get(), Long.BYTES, key.get().length - Long.BYTES, StandardCharsets.UTF_8);
    }

    /** UTF-8 of a path; one longer than 1 KiB is cut and ends in {@code ~} and 16 digits of the whole path's SHA-256. */
    static byte[] bounded(String path) {
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= LONGEST) {
            return utf8;
        }
        int end = KEPT;
        while ((utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        String mark = "~" + HexFormat.of().formatHex(sha256(utf8), 0, 8);
        byte[] bounded = new byte[end + mark.length()];
        System.arraycopy(utf8, 0, bounded, 0, end);
        System.arraycopy(mark.getBytes(StandardCharsets.US_ASCII), 0, bounded, end, mark.length());
        return bounded;
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static long number(byte[] value) {
        return value == null ? 0 : ByteBuffer.wrap(value).getLong();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256, this one does not", e);
        }
    }
}
