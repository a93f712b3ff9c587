package io.weir.topology.demo;

import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.ExperimentMetric;
import io.weir.schemas.ExperimentVariant;
import io.weir.schemas.MetricType;
import io.weir.schemas.MultipleExposure;
import io.weir.schemas.UnitType;
import io.weir.traffic.Experiment;
import io.weir.traffic.Experiments;
import java.time.Duration;
import java.util.List;

/** Definitions of two of the shop's experiments; the third has none, and is read by what is assumed. */
final class DemoExperiments {

    /** Nobody waits a week: who buys does so within minutes of the checkout or the cart. */
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private DemoExperiments() {}

    static List<ExperimentDefinition> all() {
        return List.of(definition(Experiments.CHECKOUT_BUTTON), definition(Experiments.FREE_SHIPPING));
    }

    private static ExperimentDefinition definition(Experiment experiment) {
        String control = experiment.variants().get(0).id();
        List<ExperimentVariant> variants = experiment.variants().stream()
                .map(variant -> new ExperimentVariant(
                        variant.id(), (double) variant.weight(), variant.id().equals(control)))
                .toList();
        return new ExperimentDefinition(
                experiment.id(),
                null,
                UnitType.VISITOR,
                variants,
                List.of(metric("conversion", MetricType.CONVERSION), metric("revenue", MetricType.REVENUE)),
                null,
                null,
                0.05,
                5_000L,
                MultipleExposure.EXCLUDE,
                1L);
    }

    private static ExperimentMetric metric(String id, MetricType type) {
        return new ExperimentMetric(id, type, EventKind.purchase, null, null, WINDOW.toMillis(), null, null, null);
    }
}
