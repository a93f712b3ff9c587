package io.weir.topology.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;

/** What is known of a feature's run, put together from what Kafka Streams says and what became of its faults. */
final class RunState {

    private final LongSupplier nanos;
    private KafkaStreams.State streams = KafkaStreams.State.CREATED;
    private FeatureStatus.State shown = FeatureStatus.State.CREATED;
    private long since;
    private boolean hasRun;
    private int waiting;
    private boolean closing;
    private boolean closed;
    private Throwable failure;

    RunState(LongSupplier nanos) {
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    /** Kafka Streams has changed its state. */
    synchronized void moved(KafkaStreams.State now) {
        streams = now;
        hasRun |= now == KafkaStreams.State.RUNNING;
        show();
    }

    /** So many threads more, or fewer, wait before they try again. */
    synchronized void waiting(int more) {
        waiting += more;
        show();
    }

    /** Remembers the first fault that does not pass; true if this is it. */
    synchronized boolean failed(Throwable fault) {
        boolean first = failure == null;
        failure = first ? fault : failure;
        show();
        return first;
    }

    synchronized void closing() {
        closing = true;
        show();
    }

    synchronized void closed() {
        closed = true;
        show();
    }

    synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    synchronized FeatureStatus status(String feature) {
        return new FeatureStatus(
                feature,
                shown,
                Duration.ofNanos(nanos.getAsLong() - since),
                hasRun,
                failure().map(FaultKind::describe));
    }

    private void show() {
        FeatureStatus.State now = state();
        if (now != shown) {
            shown = now;
            since = nanos.getAsLong();
        }
    }

    private FeatureStatus.State state() {
        if (failure != null) {
            return FeatureStatus.State.FAILED;
        }
        if (closed) {
            return FeatureStatus.State.STOPPED;
        }
        if (closing) {
            return FeatureStatus.State.STOPPING;
        }
        if (waiting > 0) {
            return FeatureStatus.State.WAITING;
        }
        return switch (streams) {
            case CREATED -> FeatureStatus.State.CREATED;
            case REBALANCING -> FeatureStatus.State.REBALANCING;
            case RUNNING -> FeatureStatus.State.RUNNING;
            case PENDING_SHUTDOWN, PENDING_ERROR -> FeatureStatus.State.STOPPING;
            case NOT_RUNNING -> FeatureStatus.State.STOPPED;
            case ERROR -> FeatureStatus.State.FAILED;
        };
    }
}
