package io.weir.intake.dedupe;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An event's identity in 16 bytes: the first half of SHA-256 over visitor id, a zero byte and event id, all UTF-8.
 * Identifiers hold no control characters, so the zero byte keeps them apart. Two of 10^15 events collide with a
 * probability of 10^-9. One for each thread: it keeps its digest and buffer.
 */
public final class EventFingerprint {

    /** Bytes of a fingerprint. */
    public static final int LENGTH = 16;

    private static final byte SEPARATOR = 0;

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
        System.arraycopy(hash, 0, target, offset, LENGTH);
    }
}
