package io.weir.intake;

import io.weir.core.state.StoreNote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The largest event time accepted from each raw partition of one task.
 *
 * <pre>
 * key     raw topic, {@code -}, partition: UTF-8
 * value   8 bytes, big-endian millis
 * </pre>
 *
 * The record cache is on: one key for each source, written for nearly every event; the cache keeps that back until the
 * commit, and the changelog gets one record.
 */
final class PartitionClocks {

    private final KeyValueStore<byte[], byte[]> store;
    private final int partition;
    private final Map<String, Clock> byTopic = new HashMap<>();

    private static final class Clock {
        private final byte[] key;
        private long millis;

        Clock(byte[] key, long millis) {
            this.key = key;
            this.millis = millis;
        }
    }

    /** @param partition of the task: the same in each of its raw topics */
    PartitionClocks(KeyValueStore<byte[], byte[]> store, int partition) {
        this.store = store;
        this.partition = partition;
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    static StoreNote note(String name) {
        return new StoreNote(
                name,
                "raw topic and partition",
                "largest event time accepted from it, 8 bytes",
                "always",
                "nothing: in memory, one entry for each raw partition",
                "yes: one key, written for nearly every event, is written behind at the commit");
    }

    /** The clock of a raw partition once an event of it is accepted; it does not move yet. */
    long with(String topic, long occurredAt) {
        return Math.max(clock(topic).millis, occurredAt);
    }

    /** Moves the clock of a raw partition on; an earlier time does nothing. */
    void advance(String topic, long occurredAt) {
        Clock clock = clock(topic);
        if (occurredAt > clock.millis) {
            clock.millis = occurredAt;
            store.put(
                    clock.key,
                    ByteBuffer.allocate(Long.BYTES).putLong(occurredAt).array());
        }
    }

    private Clock clock(String topic) {
        Clock known = byTopic.get(topic);
        if (known != null) {
            return known;
        }
        byte[] key = (topic + "-" + partition).getBytes(StandardCharsets.UTF_8);
        byte[] millis = store.get(key);
        Clock found = new Clock(
                key, millis == null ? Long.MIN_VALUE : ByteBuffer.wrap(millis).getLong());
        byTopic.put(topic, found);
        return found;
    }
}
