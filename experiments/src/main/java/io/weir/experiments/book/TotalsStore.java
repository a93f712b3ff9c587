package io.weir.experiments.book;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.experiments.total.Totals;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the units of a task come to. Key: experiment id, UTF-8. Value: as {@link Totals} lays it out. They live on the heap;
 * the store makes them part of the transaction in which the events were read.
 *
 * <p>The record cache is on: a few keys, each written with every event of its experiment, and the cache makes that one write
 * to RocksDB and the changelog between two commits.
 */
final class TotalsStore {

    /** No shop runs so many at once. */
    private static final int MOST_EXPERIMENTS = 1_000;
    /** As many as a definition may have. */
    private static final int MOST_VARIANTS = 100;

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();
    private final Map<String, Totals> totals = new HashMap<>();
    private final Set<String> unkept = new LinkedHashSet<>();

    TotalsStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                String experiment = ByteStores.id(entry.key);
                totals.put(experiment, Totals.decode(new ByteReader(entry.value)));
            }
        }
    }

    static StoreNote note(String name) {
        return new StoreNote(
                name,
                "experiment id (UTF-8)",
                "units and sums by epoch, variant, metric and currency, in bytes laid out by hand",
                "until some time after the experiment: its longest window, the lateness, and the units' retention",
                "nothing that grows with events: some 100 bytes for each variant and metric",
                "yes: few keys, each written with every event of its experiment");
    }

    /**
     * Whether a variant of an experiment that nobody defined may be counted: names may be made up without end.
     *
     * @param provisional which experiments nobody defined: those that somebody did are as many as they are
     */
    boolean hasRoomFor(String experiment, String variant, Predicate<String> provisional) {
        Totals known = totals.get(experiment);
        return known == null
                ? totals.size() < MOST_EXPERIMENTS
                        || totals.keySet().stream().filter(provisional).count() < MOST_EXPERIMENTS
                : known.hasVariant(variant) || known.variants().size() < MOST_VARIANTS;
    }

    Set<String> experiments() {
        return Collections.unmodifiableSet(totals.keySet());
    }

    /** The totals; empty ones of an experiment of which there are none. */
    Totals of(String experiment) {
        return totals.getOrDefault(experiment, new Totals());
    }

    /** The totals, which are going to be changed. */
    Totals change(String experiment) {
        unkept.add(experiment);
        return totals.computeIfAbsent(experiment, any -> new Totals());
    }

    void forget(String experiment) {
        unkept.add(experiment);
        totals.remove(experiment);
    }

    /** Writes what was changed since the last time: once, however often an input or a tick changed it. */
    void keep() {
        for (String experiment : unkept) {
            Totals known = totals.get(experiment);
            store.put(ByteStores.key(experiment), known == null ? null : known.encode(out));
        }
        unkept.clear();
    }
}
