package io.weir.experiments.result;

import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.experiments.book.ExperimentStore;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.hop.ExperimentInput;
import io.weir.experiments.hop.ExperimentInput.Added;
import io.weir.experiments.hop.ExperimentInput.Defined;
import io.weir.experiments.total.Totals;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentResults;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/** The one writer of a task's experiments: merges what the tasks of units have added up, and says what follows from it. */
public final class ResultBook {

    static final String EXPERIMENTS = "experiments-definitions";
    static final String PARTS = "experiments-parts";
    private static final String ALERTS = "experiments-open-alerts";

    /** At most twice a second for an experiment: more often nobody looks, and each costs some 100 µs. */
    private static final long BETWEEN_MILLIS = 500;

    private final ExperimentStore experiments;
    private final PartStore parts;
    private final AlertBook alerts;
    private final Output out;
    /** Experiments that have changed, and when they were given out last. */
    private final Map<String, Long> waiting = new LinkedHashMap<>();

    private final Map<String, Long> givenOut = new HashMap<>();

    /** Takes what is given out. */
    public interface Output {

        /** Results of an experiment, as of the clock, milliseconds UTC. */
        void results(ExperimentResults results, long now);

        /** An alert that starts or ends. */
        void alert(ExperimentAlert alert);
    }

    /** Opens the stores of a task. */
    public ResultBook(ProcessorContext<?, ?> context, Output out) {
        this.experiments = new ExperimentStore(context.getStateStore(EXPERIMENTS));
        this.parts = new PartStore(context.getStateStore(PARTS));
        this.alerts = new AlertBook(context.getStateStore(ALERTS));
        this.out = out;
        // What an earlier run had taken in and not given out yet: which that was is not known, and nothing may come
        // after it.
        parts.experiments().forEach(experiment -> waiting.put(experiment, Long.MIN_VALUE));
        // Also those that are gone but for the end of their alerts.
        alerts.experiments().forEach(experiment -> waiting.put(experiment, Long.MIN_VALUE));
    }

    /** How its stores are built. */
    public static Set<StoreBuilder<?>> builders() {
        return Set.of(ByteStores.persistent(EXPERIMENTS), ByteStores.persistent(PARTS), ByteStores.persistent(ALERTS));
    }

    /** What its stores hold. */
    public static List<StoreNote> notes() {
        return List.of(ExperimentStore.note(EXPERIMENTS), PartStore.note(PARTS), AlertBook.note(ALERTS));
    }

    /** Takes in what a task has added up, or a definition. */
    public void take(String experiment, ExperimentInput input) {
        if (input instanceof Added added) {
            parts.put(experiment, added.source(), added.totals());
            if (added.totals().isEmpty() && parts.experiments().contains(experiment)) {
                // Other tasks forget it in a moment; a result without this one's units would be the last in the topic.
                return;
            }
        } else if (!experiments.define(((Defined) input).definition(), ((Defined) input).since())) {
            return;
        }
        waiting.put(experiment, givenOut.getOrDefault(experiment, Long.MIN_VALUE));
    }

    /**
     * Gives out what has changed, each experiment at most twice a second.
     *
     * @param now milliseconds UTC
     */
    public void giveOut(long now) {
        waiting.entrySet().removeIf(entry -> {
            if (entry.getValue() > now - BETWEEN_MILLIS) {
                return false;
            }
            giveOut(entry.getKey(), parts.of(entry.getKey()), now);
            return true;
        });
    }

    /**
     * Gives out all that has changed, at the end of recorded input.
     *
     * @param largestEventTime of the input, milliseconds UTC
     */
    public void end(long largestEventTime) {
        waiting.keySet().forEach(id -> {
            Totals totals = parts.of(id);
            totals.reached(largestEventTime);
            giveOut(id, totals, largestEventTime);
        });
        waiting.clear();
    }

    private void giveOut(String id, Totals totals, long now) {
        Experiment experiment = experiments.of(id);
        if (totals.isEmpty()) {
            alerts.forget(id, now).forEach(out::alert);
            givenOut.remove(id);
            return;
        }
        Reading reading = Reading.of(experiment, totals);
        ExperimentResults results = new Results(reading).record();
        out.results(results, now);
        alerts.settle(reading, results, now).forEach(out::alert);
        givenOut.put(id, now);
    }
}
