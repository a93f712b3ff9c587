package io.weir.topology.runtime;

import java.time.Duration;
import java.util.Optional;

/**
 * How a feature is.
 *
 * @param feature its name
 * @param state what it does
 * @param since how long it has been in this state
 * @param hasRun whether it has been RUNNING since the process started
 * @param failure what it stopped for, in one line
 */
public record FeatureStatus(String feature, State state, Duration since, boolean hasRun, Optional<String> failure) {

    /** What a feature does. */
    public enum State {
        /** Not started yet. */
        CREATED,
        /** Tasks are being assigned and stores restored. */
        REBALANCING,
        RUNNING,
        /** Waits before it tries again, since something it needs is away. */
        WAITING,
        STOPPING,
        STOPPED,
        /** Stopped for a fault that does not pass by itself. */
        FAILED
    }

    /**
     * Whether the feature does what it is there for.
     *
     * @param bound how long a feature that has been running may be rebalancing
     */
    public boolean ready(Duration bound) {
        return state == State.RUNNING || (state == State.REBALANCING && hasRun && since.compareTo(bound) < 0);
    }
}
