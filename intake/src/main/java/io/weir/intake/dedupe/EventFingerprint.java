package io.weir.intake.dedupe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * An event's identity in 16 bytes, all texts in UTF-8:
 *
 * <pre>
 * 4 bytes     hash of the visitor id, big-endian
 * 12 bytes    SHA-256 over visitor id, a zero byte and event id, its first bytes
 * </pre>
 *
 * A visitor's events come in bursts, and so they lie together in the store and in the processor's cache. Identifiers hold
 * no control characters, so the zero byte keeps them apart. Two of 10^15 events collide with a probability of 10^-9. One
 * for each thread: it keeps its digest and buffer.
 */
public final class EventFingerprint {

    /** Bytes of a fingerprint. */
    public static final int LENGTH = 16;

    private static final byte SEPARATOR = 0;
    private static final int VISITOR = Integer.BYTES;

    private final MessageDigest digest;
    private final byte[] hash = new byte[32];

    public EventFingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Writes a fingerprint.
     *
     * @param visitorId UTF-8
     * @param target where it goes, at least {@link #LENGTH} bytes from {@code offset}
     */
    public void write(byte[] visitorId, String eventId, byte[] target, int offset) {
        digest.update(visitorId);
        digest.update(SEPARATOR);
        digest.update(eventId.getBytes(StandardCharsets.UTF_8));
        try {
            digest.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        ByteBuffer.wrap(target, offset, LENGTH)
                .putInt(Arrays.hashCode(visitorId))
                .put(hash, 0, LENGTH - VISITOR);
    }
}
