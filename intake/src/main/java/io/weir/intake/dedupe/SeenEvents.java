package io.weir.intake.dedupe;

import io.weir.core.state.StoreNote;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The events that have been accepted.
 *
 * <pre>
 * key     fingerprint, 16 bytes; the window's start is {@link DedupeMemory#windowOf}
 * value   occurred_at, 8 bytes, big-endian millis
 * </pre>
 *
 * No record cache: nearly every key is new, and a cache that never hits costs half the throughput.
 */
public final class SeenEvents {

    /** Name of the store. */
    public static final String STORE = "intake-seen";

    private final WindowStore<byte[], byte[]> store;
    private final DedupeMemory memory;

    /** @param store built by {@link #builder} with the same memory */
    public SeenEvents(WindowStore<byte[], byte[]> store, DedupeMemory memory) {
        this.store = store;
        this.memory = memory;
    }

    /** The store, in segments of one window each: Kafka cuts half the retention. */
    public static StoreBuilder<WindowStore<byte[], byte[]>> builder(DedupeMemory memory) {
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(
                                STORE,
                                Duration.ofMillis(memory.retention()),
                                Duration.ofMillis(memory.millis()),
                                false),
                        Serdes.ByteArray(),
                        Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** For operators. */
    public static StoreNote note(DedupeMemory memory) {
        return new StoreNote(
                STORE,
                "hash of the visitor id, 12 bytes of SHA-256(visitor id, 0, event id); in windows of " + memory.millis()
                        + " ms",
                "occurred_at, 8 bytes",
                "two to three windows",
                "about 40 MB",
                "no: nearly every key is new");
    }

    /**
     * Remembers an event if it is new.
     *
     * @param fingerprint its identity
     * @param occurredAt its event time, millis since the epoch, not negative
     * @return false if it is a duplicate
     */
    public boolean remember(byte[] fingerprint, long occurredAt) {
        long window = memory.windowOf(occurredAt);
        if (knows(fingerprint, window, occurredAt)
                || knows(fingerprint, window - memory.millis(), occurredAt)
                || knows(fingerprint, window + memory.millis(), occurredAt)) {
            return false;
        }
        store.put(
                fingerprint, ByteBuffer.allocate(Long.BYTES).putLong(occurredAt).array(), window);
        return true;
    }

    private boolean knows(byte[] fingerprint, long window, long occurredAt) {
        if (window < 0) {
            return false;
        }
        byte[] accepted = store.fetch(fingerprint, window);
        return accepted != null && memory.remembers(ByteBuffer.wrap(accepted).getLong(), occurredAt);
    }
}
