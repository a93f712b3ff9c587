package io.weir.sessionizer.session;

/**
 * Where an event stands in its visitor's history: by time, events of the same millisecond by the UTF-8 of their
 * ids, as the stores order them.
 *
 * @param at event time, milliseconds UTC
 * @param eventId id of the event
 */
public record Mark(long at, String eventId) implements Comparable<Mark> {

    @Override
    public int compareTo(Mark other) {
        int byTime = Long.compare(at, other.at);
        return byTime != 0 ? byTime : compare(eventId, other.eventId);
    }

    /** The order of UTF-8: as that of UTF-16, but that surrogates are above all else. */
    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean same = Character.isSurrogate(x) == Character.isSurrogate(y);
                return same ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    boolean isBefore(Mark other) {
        return compareTo(other) < 0;
    }

    static Mark earlier(Mark a, Mark b) {
        return b.isBefore(a) ? b : a;
    }

    static Mark later(Mark a, Mark b) {
        return a.isBefore(b) ? b : a;
    }
}
