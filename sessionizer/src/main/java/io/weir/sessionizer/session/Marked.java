package io.weir.sessionizer.session;

/**
 * Something that an event said: which of two is kept is decided by where their events stand, never by which came first.
 *
 * @param mark the event
 * @param value what it said
 */
public record Marked(Mark mark, String value) {

    /** The one of the earlier event; null counts as nothing said. */
    static Marked first(Marked a, Marked b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.mark.isBefore(a.mark) ? b : a;
    }

    /** The one of the later event; null counts as nothing said. */
    static Marked last(Marked a, Marked b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.mark.isBefore(b.mark) ? b : a;
    }
}
