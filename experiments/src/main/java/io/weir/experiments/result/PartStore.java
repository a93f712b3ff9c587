package io.weir.experiments.result;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.StoreNote;
import io.weir.experiments.total.Totals;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What each task of units has added up of an experiment. Key: experiment id (key part), the task. Value: as {@link Totals}
 * lays it out. A task's newest totals replace its earlier ones, so that nothing is added twice.
 */
final class PartStore {

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();
    private final Map<String, Map<String, Totals>> parts = new HashMap<>();

    PartStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                ByteReader key = new ByteReader(entry.key.get());
                String experiment = key.keyPart();
                known(experiment).put(key.keyEnd(), Totals.decode(new ByteReader(entry.value)));
            }
        }
    }

    static StoreNote note(String name) {
        return new StoreNote(
                name,
                "experiment id, task",
                "units and sums by epoch, variant, metric and currency, in bytes laid out by hand",
                "as long as its task keeps them",
                "nothing that grows with events: some 100 bytes for each variant, metric and task",
                "no: written four times a second for each experiment and task at most");
    }

    /** All tasks together, of a store that another thread writes. */
    static Totals read(ReadOnlyKeyValueStore<Bytes, byte[]> store, String experiment) {
        ByteWriter out = new ByteWriter();
        Bytes from = Bytes.wrap(out.keyPart(experiment).take());
        // A key part ends with a 00: with a 01 in its place it is above every key that begins with it.
        byte[] above = from.get().clone();
        above[above.length - 1] = 1;
        Totals totals = new Totals();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(from, Bytes.wrap(above))) {
            range.forEachRemaining(part -> totals.add(Totals.decode(new ByteReader(part.value))));
        }
        return totals;
    }

    /** Every experiment of a store that another thread writes, by id. */
    static SortedSet<String> experiments(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        SortedSet<String> ids = new TreeSet<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> ids.add(new ByteReader(entry.key.get()).keyPart()));
        }
        return ids;
    }

    Set<String> experiments() {
        return Collections.unmodifiableSet(parts.keySet());
    }

    private Map<String, Totals> known(String experiment) {
        return parts.computeIfAbsent(experiment, any -> new HashMap<>());
    }

    void put(String experiment, String source, Totals totals) {
        Bytes key = Bytes.wrap(out.keyPart(experiment).keyEnd(source).take());
        if (totals.isEmpty()) {
            parts.computeIfPresent(experiment, (any, known) -> {
                known.remove(source);
                return known.isEmpty() ? null : known;
            });
            store.delete(key);
        } else {
            known(experiment).put(source, totals);
            store.put(key, totals.encode(out));
        }
    }

    /** All tasks together. */
    Totals of(String experiment) {
        Totals all = new Totals();
        parts.getOrDefault(experiment, Map.of()).values().forEach(all::add);
        return all;
    }
}
