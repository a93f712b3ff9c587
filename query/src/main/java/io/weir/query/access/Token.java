package io.weir.query.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A token as it is kept: hashed, so that who reads the file has none.
 *
 * @param name who has it; this stands in the log
 * @param sha256 of its UTF-8, in 64 hexadecimal digits
 * @param grants what it may do
 */
public record Token(String name, String sha256, List<Grant> grants) {

    /** Copies the list. */
    public Token {
        grants = List.copyOf(grants);
    }

    /** Whether this is the hash of its own, in a time that does not depend on how much of it is. */
    boolean is(byte[] hash) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), hash);
    }

    /** Whether it may read this; {@code merchant} is whose data it is, null if it is nobody's. */
    public boolean mayRead(Scope scope, String merchant) {
        return grants.stream().anyMatch(grant -> grant.covers(scope, merchant));
    }

    /** SHA-256 of a text's UTF-8. */
    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
