package io.weir.topology.experiments;

import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.MultipleExposure;
import io.weir.schemas.UnitType;
import io.weir.topology.yaml.Bounds;
import io.weir.topology.yaml.Entries;
import io.weir.topology.yaml.Field;
import io.weir.topology.yaml.OnceEach;
import io.weir.topology.yaml.Problems;
import io.weir.topology.yaml.Value;
import io.weir.topology.yaml.Values;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From what an experiments file says to definitions. Everything is looked at, also after something was found wrong. */
final class ExperimentReader {

    private static final List<String> EXPERIMENT = List.of(
            "id",
            "name",
            "unit",
            "variants",
            "multiple_exposure",
            "metrics",
            "started_at",
            "ended_at",
            "alpha",
            "sequential_tuning",
            "version");

    private static final List<UnitType> UNITS = List.of(UnitType.VISITOR, UnitType.CUSTOMER);
    private static final List<MultipleExposure> EXPOSURES = List.of(MultipleExposure.EXCLUDE, MultipleExposure.FIRST);

    private static final Bounds ALPHAS = Bounds.from("0.0001", "0.5");
    private static final double ALPHA = 0.05;
    private static final Bounds TUNINGS = Bounds.from("10", "1000000000");
    private static final long TUNING = 5_000;

    private final long version;
    private final Problems problems;
    private final Values values;
    private final MetricReader metrics;
    private final OnceEach experiments;

    /**
     * Nothing is read yet.
     *
     * @param version of an experiment that has none
     * @param read kinds of event that metrics can be of
     */
    ExperimentReader(long version, Set<EventKind> read, Problems problems) {
        this.version = version;
        this.problems = problems;
        this.values = new Values(problems);
        this.metrics = new MetricReader(read, problems);
        this.experiments = new OnceEach("experiment", problems);
    }

    /** An experiment of the list, perhaps without what is wrong in it; nothing if it is not known which it is. */
    Optional<ExperimentDefinition> read(Field item) {
        Optional<Value.Mapping> mapping = item.mapping();
        if (mapping.isEmpty()) {
            return values.wrong(item, "a mapping with id, variants and metrics");
        }
        Entries entries = Entries.of(mapping.get(), "", EXPERIMENT, problems);
        Optional<String> id = values.identifier(entries.get("id"), "the id of an experiment");
        id.ifPresent(experiment -> experiments.add(experiment, entries.get("id")));
        Optional<Instant> start = values.time(entries.get("started_at"));
        Optional<Instant> end = values.time(entries.get("ended_at"));
        if (start.isPresent() && end.isPresent() && !end.get().isAfter(start.get())) {
            values.wrong(entries.get("ended_at"), "a time after started_at");
        }
        ExperimentDefinition definition = new ExperimentDefinition(
                id.orElse(null),
                entries.get("name")
                        .ifGiven(name -> values.identifier(name, "a name"))
                        .orElse(null),
                entries.get("unit").ifGiven(unit -> values.symbol(unit, UNITS)).orElse(UnitType.VISITOR),
                new VariantReader(problems).read(entries.get("variants")),
                metrics.read(entries.get("metrics")),
                start.orElse(null),
                end.orElse(null),
                entries.get("alpha")
                        .ifGiven(alpha -> values.number(alpha, ALPHAS))
                        .orElse(ALPHA),
                entries.get("sequential_tuning")
                        .ifGiven(tuning -> values.whole(tuning, TUNINGS))
                        .orElse(TUNING),
                entries.get("multiple_exposure")
                        .ifGiven(exposure -> values.symbol(exposure, EXPOSURES))
                        .orElse(MultipleExposure.EXCLUDE),
                values.version(entries.get("version")).orElse(version));
        return id.isPresent() ? Optional.of(definition) : Optional.empty();
    }
}
