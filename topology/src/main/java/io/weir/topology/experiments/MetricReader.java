package io.weir.topology.experiments;

import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentMetric;
import io.weir.schemas.GuardrailDirection;
import io.weir.schemas.MetricGuardrail;
import io.weir.schemas.MetricType;
import io.weir.topology.yaml.Bounds;
import io.weir.topology.yaml.Entries;
import io.weir.topology.yaml.Field;
import io.weir.topology.yaml.OnceEach;
import io.weir.topology.yaml.Problems;
import io.weir.topology.yaml.Value;
import io.weir.topology.yaml.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The metrics of an experiment. */
final class MetricReader {

    private static final List<String> METRIC =
            List.of("id", "type", "kind", "event", "merchant", "window", "cap", "currency", "guardrail");
    private static final List<String> GUARDRAIL = List.of("direction", "margin");

    private static final int MOST = 100;
    private static final List<MetricType> TYPES = List.of(MetricType.CONVERSION, MetricType.REVENUE, MetricType.COUNT);
    private static final String SHORTEST = "1m";
    private static final String LONGEST = "90d";
    /** Caps, in units of the currency. */
    private static final Bounds CAPS = Bounds.above("0", "1000000000");

    private static final List<GuardrailDirection> DIRECTIONS = List.of(GuardrailDirection.UP, GuardrailDirection.DOWN);
    private static final Bounds MARGINS = Bounds.from("0", "10");

    private final Problems problems;
    private final Values values;
    private final MetricEvents events;

    /** @param read kinds of event that metrics can be of */
    MetricReader(Set<EventKind> read, Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
        this.events = new MetricEvents(read, values);
    }

    /** The metrics, in the order of the file; not all of them if there are problems. */
    List<ExperimentMetric> read(Field list) {
        OnceEach ids = new OnceEach("metric", problems);
        List<ExperimentMetric> metrics = new ArrayList<>();
        for (Value item : values.items(list, "a list of 1 to " + MOST + " metrics", 1, MOST)) {
            metric(new Field(list.name(), item), ids).ifPresent(metrics::add);
        }
        return metrics;
    }

    private Optional<ExperimentMetric> metric(Field item, OnceEach ids) {
        Optional<Value.Mapping> mapping = item.mapping();
        if (mapping.isEmpty()) {
            return values.wrong(item, "a mapping with id, type and window");
        }
        Entries entries = Entries.of(mapping.get(), "", METRIC, problems);
        Optional<String> id = values.identifier(entries.get("id"), "the id of a metric");
        id.ifPresent(metric -> ids.add(metric, entries.get("id")));
        Optional<MetricType> type = values.symbol(entries.get("type"), TYPES);
        Optional<EventKind> kind = events.kind(entries, type);
        Optional<Duration> window = values.duration(entries.get("window"), SHORTEST, LONGEST);
        ExperimentMetric metric = new ExperimentMetric(
                id.orElse(null),
                type.orElse(null),
                kind.orElse(null),
                events.event(entries, type).orElse(null),
                events.merchant(entries, kind).orElse(null),
                window.orElse(Duration.ZERO).toMillis(),
                cap(entries.get("cap"), type).orElse(null),
                events.currency(entries, type, kind).orElse(null),
                entries.get("guardrail").ifGiven(this::guardrail).orElse(null));
        return id.isPresent() && type.isPresent() && kind.isPresent() && window.isPresent()
                ? Optional.of(metric)
                : Optional.empty();
    }

    private Optional<Long> cap(Field field, Optional<MetricType> type) {
        return type.isPresent() && type.get() != MetricType.REVENUE
                ? values.none(field, MetricEvents.written(type.get()))
                : values.micros(field, CAPS);
    }

    private Optional<MetricGuardrail> guardrail(Field field) {
        Optional<Value.Mapping> mapping = field.mapping();
        if (mapping.isEmpty()) {
            return values.wrong(field, "a mapping with direction and margin");
        }
        Entries entries = Entries.of(mapping.get(), field.name(), GUARDRAIL, problems);
        Optional<GuardrailDirection> direction = values.symbol(entries.get("direction"), DIRECTIONS);
        Optional<Double> margin = values.number(entries.get("margin"), MARGINS);
        return direction.isPresent() && margin.isPresent()
                ? Optional.of(new MetricGuardrail(direction.get(), margin.get()))
                : Optional.empty();
    }
}
