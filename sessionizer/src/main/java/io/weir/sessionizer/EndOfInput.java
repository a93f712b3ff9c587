package io.weir.sessionizer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The largest event time of a recorded input. All tasks of a process share it: whether a session's gap had passed when
 * the input ended must not depend on which partition its visitor is in.
 */
final class EndOfInput {

    private final AtomicLong largest = new AtomicLong();

    /** An event of this time was seen, milliseconds UTC. */
    void reached(long eventTime) {
        if (eventTime > largest.get()) {
            largest.accumulateAndGet(eventTime, Math::max);
        }
    }

    /** Milliseconds UTC; 0 if there was no event. */
    long largestEventTime() {
        return largest.get();
    }
}
