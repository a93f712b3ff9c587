package io.weir.sessionizer.session;

import java.util.Optional;

/**
 * Which of a visitor's sessions: fixed when it opens, whatever becomes of its start.
 *
 * @param openedAt time of the event that opened it, milliseconds UTC
 * @param part 1; higher where another session of the visitor already has that id, or where this one is what an
 *     out-of-order event has cut off a session
 */
public record SessionId(long openedAt, int part) {

    private static final int BASE = 36;
    /** Milliseconds since 1971 have at least so many digits in base 36; no session is cut into as many parts. */
    private static final int LEAST_DIGITS = 7;

    /** The id as topics have it: {@code <visitor>-<base 36>}, and {@code -<part>} from part 2 on. */
    public String of(String visitor) {
        String id = visitor + "-" + Long.toString(openedAt, BASE);
        return part == 1 ? id : id + "-" + part;
    }

    /** A session's id in full. */
    public record Named(String visitor, SessionId id) {}

    /** Reads what {@link #of} wrote; nothing if it is not such an id. */
    public static Optional<Named> parse(String sessionId) {
        int dash = sessionId.lastIndexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        try {
            if (sessionId.length() - dash - 1 >= LEAST_DIGITS) {
                return named(sessionId, dash, 1);
            }
            int part = Integer.parseInt(sessionId.substring(dash + 1));
            int before = sessionId.lastIndexOf('-', dash - 1);
            return before < 0 ? Optional.empty() : named(sessionId.substring(0, dash), before, part);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Named> named(String id, int dash, int part) {
        return Optional.of(new Named(
                id.substring(0, dash), new SessionId(Long.parseLong(id.substring(dash + 1), BASE), part)));
    }
}
