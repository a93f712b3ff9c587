package io.weir.query.http;

import io.weir.core.topic.KeyParts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Where a list goes on: a position in its order, not a count, so that what is new between two pages moves nothing. Opaque to who sends
 * it back.
 *
 * @param parts of the position
 */
public record Cursor(List<String> parts) {

    /** Copies the list. */
    public Cursor {
        parts = List.copyOf(parts);
    }

    /** Of a position. */
    public static Cursor of(Object... parts) {
        return new Cursor(java.util.Arrays.stream(parts).map(Object::toString).toList());
    }

    /** Its text, of letters, digits, hyphens and underscores. */
    public String text() {
        byte[] bytes = KeyParts.join(parts.toArray(String[]::new)).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Cursor parse(String text) {
        return new Cursor(KeyParts.split(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)));
    }

    /**
     * A part as a number.
     *
     * @throws ProblemException if it is not as it was written
     */
    public long number(int part) {
        try {
            return Long.parseLong(text(part));
        } catch (NumberFormatException e) {
            throw changed();
        }
    }

    /** A part; see {@link #number}. */
    public String text(int part) {
        if (part >= parts.size()) {
            throw changed();
        }
        return parts.get(part);
    }

    /** That it is not as it was written. */
    public static ProblemException changed() {
        return ProblemException.parameter("cursor", "what next_cursor of the page before said");
    }
}
