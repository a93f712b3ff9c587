package io.weir.sessionizer.session;

import io.weir.core.state.StoreNote;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/** The clock of one task, as it goes on after a restart: a {@link SessionClock} and the store that keeps it. */
public final class TaskClock {

    private final ClockStore store;
    private final SessionClock clock;

    /** Opens the store of a task and reads the clock. */
    public TaskClock(ProcessorContext<?, ?> context) {
        this.store = new ClockStore(SessionBook.store(context, ClockStore.NAME));
        this.clock = store.load();
    }

    /** What a processor that uses it must be connected to. */
    public static StoreBuilder<? extends StateStore> builder() {
        return ClockStore.builder();
    }

    /** What that store holds. */
    public static StoreNote note() {
        return ClockStore.NOTE;
    }

    /** Largest event time seen, milliseconds UTC; 0 before the first event. */
    public long eventTime() {
        return clock.eventTime();
    }

    /** The time that it shows, milliseconds UTC. */
    public long millis() {
        return clock.millis();
    }

    /** See {@link SessionClock#arrived}. */
    public void arrived(long at, long wall) {
        clock.arrived(at, wall);
        store.moved(clock);
    }

    /** See {@link SessionClock#advance}. */
    public long advance(long wall, Duration idleAfter, BooleanSupplier caughtUp) {
        long now = clock.advance(wall, idleAfter.toMillis(), caughtUp);
        store.saveIfChanged(clock);
        return now;
    }

    /** Keeps what it shows. */
    public void save() {
        store.saveIfChanged(clock);
    }
}
