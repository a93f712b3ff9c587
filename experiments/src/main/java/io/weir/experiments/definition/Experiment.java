package io.weir.experiments.definition;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An experiment: the definition that counts, and the epochs of its weights. A unit belongs to the epoch in which it was
 * first exposed, since weights of another time say nothing of it. Immutable.
 *
 * <pre>
 * n bytes     the definition
 * varint      number of epochs, then for each: signed start, millis;
 * varint      number of weights of the epoch, then for each: text variant, 8 bytes weight (bits of a double)
 * </pre>
 */
public final class Experiment {

    private final Definition definition;
    private final List<Epoch> epochs;

    private Experiment(Definition definition, List<Epoch> epochs) {
        this.definition = definition;
        this.epochs = List.copyOf(epochs);
    }

    /**
     * A time in which weights do not change.
     *
     * @param from milliseconds UTC
     * @param weights by variant
     */
    public record Epoch(long from, Map<String, Double> weights) {

        /** Copies the map. */
        public Epoch {
            weights = Map.copyOf(weights);
        }
    }

    /** One that has no definition. */
    public static Experiment provisional(String id) {
        return new Experiment(Definition.provisional(id), List.of(new Epoch(Long.MIN_VALUE, Map.of())));
    }

    /** One whose first definition has come. */
    public static Experiment of(Definition definition) {
        return new Experiment(definition, List.of(new Epoch(Long.MIN_VALUE, weights(definition))));
    }

    /**
     * The same experiment by a newer definition. Other weights begin an epoch.
     *
     * @param newer of a higher version; any other changes nothing
     * @param since when its weights count, milliseconds UTC
     */
    public Experiment with(Definition newer, long since) {
        if (definition.provisional()) {
            return of(newer);
        }
        if (newer.version() <= definition.version()) {
            return this;
        }
        Map<String, Double> weights = weights(newer);
        List<Epoch> all = new ArrayList<>(epochs);
        Epoch last = all.get(all.size() - 1);
        if (!last.weights().equals(weights)) {
            all.add(new Epoch(Math.max(since, last.from() + 1), weights));
        }
        return new Experiment(newer, all);
    }

    private static Map<String, Double> weights(Definition definition) {
        Map<String, Double> weights = new HashMap<>();
        definition.variants().forEach(variant -> weights.put(variant.id(), variant.weight()));
        return weights;
    }

    /** The definition that counts. */
    public Definition definition() {
        return definition;
    }

    /** Whether any of its definitions had a variant: who saw one that was stopped since does not begin anew in another. */
    public boolean knew(String variant) {
        return definition.knows(variant)
                || epochs.stream().anyMatch(epoch -> epoch.weights().containsKey(variant));
    }

    /** The epochs in their order; of an experiment without definition one without weights. */
    public List<Epoch> epochs() {
        return epochs;
    }

    /** Number, from 0, of the epoch of a unit that was first exposed at that time, milliseconds UTC. */
    public int epochAt(long anchor) {
        int epoch = epochs.size() - 1;
        while (epoch > 0 && epochs.get(epoch).from() > anchor) {
            epoch--;
        }
        return epoch;
    }

    /** Writes it. */
    public void write(ByteWriter out) {
        definition.write(out);
        out.varint(epochs.size());
        for (Epoch epoch : epochs) {
            out.signed(epoch.from()).varint(epoch.weights().size());
            epoch.weights().forEach((variant, weight) -> out.text(variant).fixed(Double.doubleToLongBits(weight)));
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Experiment read(ByteReader in) {
        Definition definition = Definition.read(in);
        List<Epoch> epochs = new ArrayList<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            long from = in.signed();
            Map<String, Double> weights = new HashMap<>();
            int size = in.count();
            for (int j = 0; j < size; j++) {
                weights.put(in.text(), Double.longBitsToDouble(in.fixed()));
            }
            epochs.add(new Epoch(from, weights));
        }
        return new Experiment(definition, epochs);
    }
}
