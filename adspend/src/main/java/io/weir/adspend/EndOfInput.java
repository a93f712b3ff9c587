package io.weir.adspend;

import java.util.concurrent.atomic.AtomicLong;

/** The largest event time of a recorded input, of all tasks of a process: by it a day has ended, or has not. */
final class EndOfInput {

    private final AtomicLong largest = new AtomicLong();

    /** An interaction of this time was seen, milliseconds UTC. */
    void reached(long eventTime) {
        if (eventTime > largest.get()) {
            largest.accumulateAndGet(eventTime, Math::max);
        }
    }

    /** Milliseconds UTC; 0 if there was none. */
    long largestEventTime() {
        return largest.get();
    }
}
