package io.weir.experiments.unit;

import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.definition.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a unit counts in an experiment as it does.
 *
 * @param experiment id
 * @param provisional whether it has no definition
 * @param standing of the unit
 * @param variant that it counts for, or the first that it saw
 * @param anchor its first exposure, milliseconds UTC; where its values are final, the one from which they were measured
 * @param exposures the first to each variant, in the order of time
 * @param doings what it did, in the order of time; without what is older than the longest window and the lateness
 */
public record Why(
        String experiment,
        boolean provisional,
        Standing standing,
        String variant,
        long anchor,
        List<Exposure> exposures,
        List<Doing> doings) {

    /** Copies the lists. */
    public Why {
        exposures = List.copyOf(exposures);
        doings = List.copyOf(doings);
    }

    /**
     * Something that the unit did.
     *
     * @param conversion what it did
     * @param metrics why each metric of the experiment counts it, or does not
     */
    public record Doing(Conversion conversion, List<MetricReason> metrics) {

        /** Copies the list. */
        public Doing {
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * Why a metric counts something, or does not.
     *
     * @param metric id
     * @param reason why
     */
    public record MetricReason(String metric, Reason reason) {}

    /**
     * Of a unit in an experiment; empty if it never saw it.
     *
     * @param currencies of the metrics that name none, by metric id: that of most orders, which no unit knows
     */
    public static Optional<Why> of(Unit unit, Experiment experiment, Map<String, String> currencies) {
        Definition definition = experiment.definition();
        Attribution attribution = new Attribution(unit, experiment);
        return attribution.anchor().map(anchor -> {
            List<Doing> doings = new ArrayList<>();
            for (Conversion conversion : unit.conversions()) {
                List<MetricReason> reasons = definition.metrics().stream()
                        .map(metric ->
                                new MetricReason(metric.id(), reason(attribution, conversion, metric, currencies)))
                        .toList();
                doings.add(new Doing(conversion, reasons));
            }
            List<Exposure> exposures = unit.exposures(definition.id()).stream()
                    .sorted((a, b) -> a.isBefore(b) ? -1 : 1)
                    .toList();
            return new Why(
                    definition.id(),
                    definition.provisional(),
                    attribution.standing(),
                    anchor.variant(),
                    anchor.at(),
                    exposures,
                    doings);
        });
    }

    private static Reason reason(
            Attribution attribution, Conversion conversion, Metric metric, Map<String, String> currencies) {
        String currency = metric.currency() == null ? currencies.get(metric.id()) : metric.currency();
        return attribution.reason(conversion, metric, currency);
    }
}
