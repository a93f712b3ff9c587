package io.weir.sessionizer.session;

import java.util.function.BooleanSupplier;

/**
 * The clock that closes the sessions of one task: the largest event time it has seen, which goes on by wall time from the
 * last arrival while the input is idle. It never goes back.
 */
public final class SessionClock {

    private long eventTime;
    private long arrivedAt;
    private long shown;

    /** Of a task that has seen nothing. */
    public SessionClock() {
        this(0, 0, 0);
    }

    SessionClock(long eventTime, long arrivedAt, long shown) {
        this.eventTime = eventTime;
        this.arrivedAt = arrivedAt;
        this.shown = shown;
    }

    /** Largest event time seen, milliseconds UTC; 0 before the first event. */
    public long eventTime() {
        return eventTime;
    }

    /** Wall time at which the last event arrived, milliseconds UTC. */
    public long arrivedAt() {
        return arrivedAt;
    }

    /** The time that it shows, milliseconds UTC. */
    public long millis() {
        return shown;
    }

    /**
     * An event has arrived.
     *
     * @param at event time
     * @param wall wall time
     */
    public void arrived(long at, long wall) {
        arrivedAt = wall;
        if (at > eventTime) {
            eventTime = at;
            shown = Math.max(shown, at);
        }
    }

    /**
     * Time has passed.
     *
     * @param wall wall time
     * @param idleAfter the input is idle after so many milliseconds without an event
     * @param caughtUp whether everything there is has been read; asked only where it matters
     * @return the time that it shows
     */
    public long advance(long wall, long idleAfter, BooleanSupplier caughtUp) {
        long idle = wall - arrivedAt;
        if (eventTime > 0 && idle >= idleAfter && caughtUp.getAsBoolean()) {
            shown = Math.max(shown, eventTime + idle);
        }
        return shown;
    }
}
