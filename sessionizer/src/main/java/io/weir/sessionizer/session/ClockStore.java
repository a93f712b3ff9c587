package io.weir.sessionizer.session;

import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The clock of a task, so that after a restart with nothing to read it includes the downtime. Key: {@code clock}. Value:
 * largest event time, wall time of the last arrival, time shown; 8 bytes each, big-endian, milliseconds UTC. Beside it
 * {@link OpenVisitors} keeps its count.
 */
final class ClockStore {

    static final String NAME = "session-clock";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "\"clock\" or \"open\"",
            "largest event time, wall time of the last arrival, time shown; visitors with an open session (8 bytes each)",
            "for ever; two entries for each task",
            "nothing",
            "yes: two keys, changed with nearly every event, and written to the changelog once a commit");

    /** Event time moves on in steps of a second before it is written again: what a crash loses then changes nothing. */
    private static final long STEP_MILLIS = 1_000;

    private static final Bytes KEY = ByteStores.key("clock");

    private final KeyValueStore<Bytes, byte[]> store;
    private long savedEventTime;
    private long savedArrivedAt;
    private long savedShown;

    ClockStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingEnabled();
    }

    SessionClock load() {
        byte[] value = store.get(KEY);
        if (value == null) {
            return new SessionClock();
        }
        ByteBuffer in = ByteBuffer.wrap(value);
        savedEventTime = in.getLong();
        savedArrivedAt = in.getLong();
        savedShown = in.getLong();
        return new SessionClock(savedEventTime, savedArrivedAt, savedShown);
    }

    /** After an event: writes it if event time has moved on. */
    void moved(SessionClock clock) {
        if (clock.eventTime() - savedEventTime >= STEP_MILLIS) {
            save(clock);
        }
    }

    /** Now and then: writes it if anything is new. */
    void saveIfChanged(SessionClock clock) {
        if (clock.eventTime() != savedEventTime
                || clock.arrivedAt() != savedArrivedAt
                || clock.millis() - savedShown >= STEP_MILLIS) {
            save(clock);
        }
    }

    private void save(SessionClock clock) {
        savedEventTime = clock.eventTime();
        savedArrivedAt = clock.arrivedAt();
        savedShown = clock.millis();
        store.put(
                KEY,
                ByteBuffer.allocate(3 * Long.BYTES)
                        .putLong(savedEventTime)
                        .putLong(savedArrivedAt)
                        .putLong(savedShown)
                        .array());
    }
}
