package io.weir.sessionizer.session;

import java.util.Iterator;

/** One visitor's events, as the rules that split sessions need them again when an event arrives out of order. */
@FunctionalInterface
public interface EventHistory {

    /** For rules that never look back. */
    EventHistory NONE = since -> {
        throw new IllegalStateException("no event history is kept");
    };

    /**
     * The visitor's events in order of their marks, the one that is being added among them.
     *
     * @param since time of the first, milliseconds UTC
     */
    Iterator<SessionEvent> since(long since);
}
