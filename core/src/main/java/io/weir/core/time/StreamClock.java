package io.weir.core.time;

/**
 * The clock by which results are given out: a session closed, a minute counted, an alert ended. Event time decides what
 * a result is; this clock decides when it leaves. Features never ask the machine for the time.
 */
public interface StreamClock {

    /** Where a clock stands towards its input. */
    enum Phase {
        /** Results leave as time passes. */
        LIVE,
        /** Recorded input is still being read: nothing leaves because of time. */
        HELD,
        /** Recorded input has been read: everything leaves now, whatever the time. */
        ENDED
    }

    /** In which order results are given out at the end of a recorded input. */
    enum Stage {
        /** What comes of events directly. */
        EVENTS,
        /** What merges the partial results of several tasks, after those have left. */
        TOTALS
    }

    /** Now, in milliseconds UTC. */
    long millis();

    /**
     * Announces a task that gives out results by time.
     *
     * @param name unique in the process, such as {@code sessionizer 0_1}
     */
    Duty duty(Stage stage, String name);

    /** What one task owes: it asks for the phase at each punctuation, and says when nothing is left to give out. */
    interface Duty extends AutoCloseable {

        /** The phase of this duty's stage. */
        Phase phase();

        /** Said in phase ENDED, each time that nothing is left to give out. */
        void settled();

        @Override
        void close();
    }
}
