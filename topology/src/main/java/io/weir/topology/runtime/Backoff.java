package io.weir.topology.runtime;

import java.time.Duration;

/**
 * How long to wait before trying again: 1 s, then twice as long each time, up to 30 s. Faults of several threads within
 * one wait are one fault, and after a calm spell it starts again with 1 s. Not safe for threads.
 */
final class Backoff {

    static final Duration FIRST = Duration.ofSeconds(1);
    /** Longer would only add to an outage that has ended. */
    static final Duration LONGEST = Duration.ofSeconds(30);
    /** Longer than the longest wait and what a feature needs to be back, so that an outage does not look like calm. */
    static final Duration CALM = Duration.ofMinutes(2);

    private long wait = FIRST.toNanos();
    private long retryAt;
    private boolean waiting;

    /**
     * What to do about a fault.
     *
     * @param length until trying again
     * @param announced whether it was said already that things are tried again at that time
     */
    record Pause(Duration length, boolean announced) {}

    /**
     * Notes a fault.
     *
     * @param now monotonic nanoseconds
     */
    Pause after(long now) {
        if (waiting && now - retryAt < 0) {
            return new Pause(Duration.ofNanos(retryAt - now), true);
        }
        boolean calm = !waiting || now - retryAt > CALM.toNanos();
        wait = calm ? FIRST.toNanos() : Math.min(wait * 2, LONGEST.toNanos());
        waiting = true;
        retryAt = now + wait;
        return new Pause(Duration.ofNanos(wait), false);
    }
}
