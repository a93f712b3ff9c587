package io.weir.intake.quality;

import io.weir.core.state.StoreNote;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What one task has counted since it last passed its counts on. The counts live on the heap; the store, a
 * {@link QualityKey} to {@link QualityCounts}, makes them part of the transaction in which the messages were read.
 *
 * <p>The record cache is on: the keys are the labels of a minute or two, tens of them, each written for every message of
 * its label. The cache keeps those writes back until the commit, and the changelog gets one record for each label.
 */
public final class PartialCounts {

    private final KeyValueStore<byte[], byte[]> store;
    private final Map<QualityKey, QualityCounts> counts = new LinkedHashMap<>();

    /** @param store built by {@link #builder} */
    public PartialCounts(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> entry = all.next();
                counts.put(QualityKey.of(entry.key), QualityCounts.read(ByteBuffer.wrap(entry.value)));
            }
        }
    }

    /** A store of that name. */
    public static StoreBuilder<KeyValueStore<byte[], byte[]>> builder(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** For operators. */
    public static StoreNote note(String name) {
        return new StoreNote(
                name,
                "minute, source, event name, library, library version",
                "counts not passed on yet, about 60 bytes",
                "half a second",
                "nothing: in memory, as large as half a second has labels",
                "yes: few keys, each written for every message, are written behind at the commit");
    }

    /** The counts of a label, to be changed and then {@linkplain #keep kept}. */
    public QualityCounts of(QualityKey key) {
        QualityCounts known = counts.get(key);
        if (known != null) {
            return known;
        }
        QualityCounts fresh = new QualityCounts();
        counts.put(key, fresh);
        return fresh;
    }

    /** Writes changed counts to the store. */
    public void keep(QualityKey key, QualityCounts changed) {
        ByteBuffer out = ByteBuffer.allocate(changed.size());
        changed.write(out);
        store.put(key.bytes(), out.array());
    }

    /** Hands over all counts and forgets them. */
    public void drain(BiConsumer<QualityKey, QualityCounts> out) {
        counts.forEach((key, count) -> {
            out.accept(key, count);
            store.delete(key.bytes());
        });
        counts.clear();
    }
}
