package io.weir.experiments;

import io.weir.core.error.DataFaultException;
import io.weir.core.feature.ControlRecords;
import io.weir.core.feature.ControlRecords.Entry;
import io.weir.core.topic.Topics;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Guardrail;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.experiments.hop.UnitInput.Defined;
import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.ExperimentMetric;
import io.weir.schemas.ExperimentVariant;
import io.weir.schemas.GuardrailDirection;
import io.weir.schemas.MetricGuardrail;
import io.weir.schemas.MetricType;
import io.weir.schemas.MultipleExposure;
import io.weir.schemas.UnitType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads definitions from their topic, and refuses what cannot be one. */
final class Definitions {

    /** A quarter: what is done later was hardly done because of what was seen. */
    private static final long LONGEST_WINDOW = 90L * 24 * 3_600_000;

    /** Ten times control's mean: beyond that nothing is guarded. */
    private static final double LARGEST_MARGIN = 10;

    private static final String CONTROL = "control";

    private Definitions() {}

    /**
     * Reads a definition.
     *
     * @param read kinds of event that are read
     * @throws DataFaultException if it is none; one sentence
     */
    static Definition of(ExperimentDefinition record, Set<EventKind> read) {
        List<Variant> variants = variants(record.getVariants());
        require(record.getUnit() != UnitType.UNKNOWN, "unit: one that this version does not know.");
        require(
                record.getMultipleExposure() != MultipleExposure.UNKNOWN,
                "multiple_exposure: a policy that this version does not know.");
        require(
                millis(record.getStartedAt(), Long.MIN_VALUE) < millis(record.getEndedAt(), Long.MAX_VALUE),
                "ended_at: expected a time after started_at.");
        require(!record.getMetrics().isEmpty(), "metrics: expected one or more, found none.");
        Set<String> ids = new HashSet<>();
        List<Metric> metrics = record.getMetrics().stream()
                .peek(metric -> require(ids.add(metric.getId()), "metrics: " + metric.getId() + " is there twice."))
                .map(metric -> metric(metric, read))
                .toList();
        double alpha = record.getAlpha();
        require(alpha > 0 && alpha < 1, "alpha: expected more than 0 and less than 1, found " + alpha + ".");
        require(
                record.getSequentialTuning() > 0,
                "sequential_tuning: expected more than 0, found " + record.getSequentialTuning() + ".");
        return new Definition(
                record.getId(),
                false,
                record.getUnit() == UnitType.CUSTOMER,
                variants,
                metrics,
                millis(record.getStartedAt(), Long.MIN_VALUE),
                millis(record.getEndedAt(), Long.MAX_VALUE),
                alpha,
                record.getSequentialTuning(),
                record.getMultipleExposure() == MultipleExposure.FIRST,
                record.getVersion());
    }

    /** Those that are written by now, in their order; what is wrong is refused where the topic is read. */
    static List<Defined> written(ControlRecords controls, Set<EventKind> read) {
        List<Defined> written = new ArrayList<>();
        for (Entry<ExperimentDefinition> entry : controls.of(Topics.DEFINITIONS)) {
            try {
                if (entry.value() != null) {
                    written.add(new Defined(of(entry.key(), entry.value(), read), entry.timestamp(), 0));
                }
            } catch (DataFaultException e) {
                // A dead letter says so.
            }
        }
        return written;
    }

    /**
     * Reads a definition; see {@link #of(ExperimentDefinition, Set)}.
     *
     * @param key of its record
     * @throws DataFaultException if it is none, or is another's; one sentence
     */
    static Definition of(String key, ExperimentDefinition record, Set<EventKind> read) {
        Definition definition = of(record, read);
        require(definition.id().equals(key), "id: expected the record's key, found \"" + definition.id() + "\".");
        return definition;
    }

    private static List<Variant> variants(List<ExperimentVariant> records) {
        require(records.size() > 1, "variants: expected two or more, found " + records.size() + ".");
        boolean marked = records.stream().anyMatch(ExperimentVariant::getControl);
        Set<String> ids = new HashSet<>();
        List<Variant> variants = records.stream()
                .map(variant -> {
                    String id = variant.getId();
                    require(ids.add(id), "variants: " + id + " is there twice.");
                    require(
                            variant.getWeight() > 0 && Double.isFinite(variant.getWeight()),
                            "weight: expected more than 0, found " + variant.getWeight() + ".");
                    return new Variant(id, variant.getWeight(), marked ? variant.getControl() : CONTROL.equals(id));
                })
                .toList();
        long controls = variants.stream().filter(Variant::control).count();
        require(controls == 1, "control: expected one variant, found " + controls + ".");
        return variants;
    }

    private static Metric metric(ExperimentMetric record, Set<EventKind> read) {
        require(record.getType() != MetricType.UNKNOWN, "type: a metric of a type that this version does not know.");
        EventKind kind = record.getKind() != null
                ? record.getKind()
                : record.getEvent() != null ? EventKind.interaction : EventKind.purchase;
        require(
                read.contains(kind) && kind != EventKind.exposure,
                "kind: expected one of those that weir.experiments.kinds names, found " + kind + ".");
        require(
                record.getType() != MetricType.REVENUE || kind == EventKind.purchase,
                "kind: expected purchase of a metric of revenue, found " + kind + ".");
        require(
                record.getWindowMs() > 0 && record.getWindowMs() <= LONGEST_WINDOW,
                "window_ms: expected 1 to " + LONGEST_WINDOW + ", found " + record.getWindowMs() + ".");
        require(
                record.getEvent() == null || kind == EventKind.interaction,
                "event: expected none beside kind " + kind + ", found " + record.getEvent() + ".");
        require(
                record.getCurrency() == null || kind == EventKind.purchase,
                "currency: expected none beside kind " + kind + ", found " + record.getCurrency() + ".");
        require(
                record.getCapMicros() == null || record.getCapMicros() > 0,
                "cap_micros: expected more than 0, found " + record.getCapMicros() + ".");
        return new Metric(
                record.getId(),
                record.getType(),
                kind,
                record.getEvent(),
                record.getMerchantId(),
                record.getWindowMs(),
                record.getCapMicros(),
                record.getCurrency(),
                guardrail(record.getGuardrail()));
    }

    private static Guardrail guardrail(MetricGuardrail record) {
        if (record == null) {
            return null;
        }
        require(record.getDirection() != GuardrailDirection.UNKNOWN, "direction: one that this version does not know.");
        require(
                record.getMargin() >= 0 && record.getMargin() <= LARGEST_MARGIN,
                "margin: expected 0 to " + LARGEST_MARGIN + ", found " + record.getMargin() + ".");
        return new Guardrail(record.getDirection() == GuardrailDirection.UP, record.getMargin());
    }

    private static long millis(Instant instant, long otherwise) {
        return instant == null ? otherwise : instant.toEpochMilli();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new DataFaultException(otherwise);
        }
    }
}
