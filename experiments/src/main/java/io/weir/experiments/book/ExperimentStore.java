package io.weir.experiments.book;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.unit.Conversion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The experiments that have a definition. Key: experiment id, UTF-8. Value: as {@link Experiment} writes it. */
public final class ExperimentStore {

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();
    /** All of them: tens, and every event asks. */
    private final Map<String, Experiment> known = new HashMap<>();
    /** Those whose time is over: what they measured need not be kept for them. */
    private final Set<String> over = new HashSet<>();

    private long longestWindow = Definition.DEFAULT_WINDOW;

    /** @param store as {@link io.weir.core.state.ByteStores#persistent} builds it */
    public ExperimentStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                Experiment experiment = Experiment.read(new ByteReader(entry.value));
                know(experiment);
            }
        }
    }

    /** What an operator wants to know of a store of that name. */
    public static StoreNote note(String name) {
        return new StoreNote(
                name,
                "experiment id (UTF-8)",
                "its definition and the epochs of its weights, in bytes laid out by hand",
                "for ever",
                "nothing that grows with events: some 200 bytes for each experiment",
                "no: written when an experiment is defined, and all are kept decoded");
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** The experiment; a provisional one where it has no definition. */
    public Experiment of(String id) {
        Experiment experiment = known.get(id);
        return experiment == null ? Experiment.provisional(id) : experiment;
    }

    /** Takes in a definition; returns whether it changes anything. */
    public boolean define(Definition definition, long since) {
        Experiment before = of(definition.id());
        Experiment after = before.with(definition, since);
        if (after == before) {
            return false;
        }
        know(after);
        after.write(out);
        store.put(ByteStores.key(definition.id()), out.take());
        return true;
    }

    private void know(Experiment experiment) {
        known.put(experiment.definition().id(), experiment);
        over.remove(experiment.definition().id());
        look();
    }

    private void look() {
        longestWindow = known.values().stream()
                .map(Experiment::definition)
                .filter(definition -> !over.contains(definition.id()))
                .mapToLong(Definition::longestWindow)
                .reduce(Definition.DEFAULT_WINDOW, Math::max);
    }

    /** Lets definitions rest whose time is over: they are known, and nothing is kept for them. */
    void rest(Predicate<Definition> isOver) {
        known.values().stream()
                .map(Experiment::definition)
                .filter(isOver)
                .forEach(definition -> over.add(definition.id()));
        look();
    }

    /** Whether the definition of any experiment on visitors, or on customers, has a metric that may look at something. */
    boolean anyCounts(boolean ofCustomers, Conversion conversion) {
        for (Experiment experiment : known.values()) {
            Definition definition = experiment.definition();
            if (definition.ofCustomers() == ofCustomers
                    && !over.contains(definition.id())
                    && conversion.mayCountFor(definition)) {
                return true;
            }
        }
        return false;
    }

    /** The experiments on customers that run at its time and have a metric that may look at something. */
    List<String> ofCustomersCounting(Conversion conversion) {
        return known.values().stream()
                .map(Experiment::definition)
                .filter(definition -> definition.ofCustomers()
                        && definition.runsAt(conversion.at())
                        && conversion.mayCountFor(definition))
                .map(Definition::id)
                .toList();
    }

    /** The longest window of all that are not over, milliseconds. */
    long longestWindow() {
        return longestWindow;
    }
}
