package io.weir.intake.quality;

import io.weir.core.state.StoreNote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Which alerts have started and not ended, and up to which minute that was judged, so that a restart repeats nothing.
 *
 * <pre>
 * key     {@link SourceEvent#key()} UTF-8          value   end of the minute in which it started, 8 bytes, millis
 * key     the one byte 0                           value   start of the last minute judged, 8 bytes, millis
 * </pre>
 */
final class AlertBook {

    /** Name of the store. */
    static final String STORE = "intake-alerts";

    private static final byte[] JUDGED = {0};

    private final KeyValueStore<byte[], byte[]> store;
    private final TreeMap<String, Long> active = new TreeMap<>();
    private Long judged;

    AlertBook(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> entry = all.next();
                long time = ByteBuffer.wrap(entry.value).getLong();
                if (entry.key[0] == JUDGED[0]) {
                    judged = time;
                } else {
                    active.put(new String(entry.key, StandardCharsets.UTF_8), time);
                }
            }
        }
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    static StoreNote note() {
        return new StoreNote(
                STORE,
                "source|event name",
                "when the alert started, 8 bytes",
                "while the alert lasts",
                "nothing: as many entries as alerts last",
                "no: written once a minute");
    }

    /** Start of the last minute judged; null if none was. */
    Long judged() {
        return judged;
    }

    void judged(long minute) {
        judged = minute;
        store.put(JUDGED, bytes(minute));
    }

    /** Alerts that last, {@link SourceEvent#key()} to when they started. */
    Map<String, Long> active() {
        return active;
    }

    void start(String key, long time) {
        active.put(key, time);
        store.put(key.getBytes(StandardCharsets.UTF_8), bytes(time));
    }

    void end(String key) {
        active.remove(key);
        store.delete(key.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(long time) {
        return ByteBuffer.allocate(Long.BYTES).putLong(time).array();
    }
}
