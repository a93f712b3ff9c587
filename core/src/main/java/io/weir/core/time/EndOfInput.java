package io.weir.core.time;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The largest event time of a recorded input. All features and their tasks share it: whether a session's gap, a unit's window or a
 * merchant's day had passed when the input ended must not depend on which partition it is in, or on the kinds that a feature reads.
 */
public final class EndOfInput {

    /** 2101-01-01: after every event time that recorded input may have, milliseconds UTC. */
    public static final long AFTER_EVERY_EVENT = 4_133_980_800_000L;

    private final AtomicLong largest = new AtomicLong();

    /** An event of this time was seen, milliseconds UTC. */
    public void reached(long eventTime) {
        if (eventTime > largest.get()) {
            largest.accumulateAndGet(eventTime, Math::max);
        }
    }

    /** Milliseconds UTC; 0 if there was no event. */
    public long largestEventTime() {
        return largest.get();
    }
}
