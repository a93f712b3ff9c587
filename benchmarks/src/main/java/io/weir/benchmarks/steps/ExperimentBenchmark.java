package io.weir.benchmarks.steps;

import io.weir.core.serde.Schemas;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.experiments.result.Results;
import io.weir.experiments.total.Totals;
import io.weir.experiments.unit.Attribution;
import io.weir.experiments.unit.Contribution;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Exposure;
import io.weir.experiments.unit.Unit;
import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentResults;
import io.weir.schemas.MetricType;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An experiment with two variants and three metrics: what one of its units adds, and the record of all its results. */
@State(Scope.Thread)
public class ExperimentBenchmark {

    private static final String ID = "experiment";
    private static final List<String> VARIANTS = List.of("control", "treatment");
    private static final long EXPOSED = 1_772_366_400_000L;
    private static final long HOUR = 3_600_000;
    private static final int UNITS = 10_000;
    private static final int BUYS_ONE_IN = 20;
    private static final int ORDERS = 3;

    private final Experiment experiment = Experiment.of(new Definition(
            ID,
            false,
            false,
            List.of(new Variant(VARIANTS.get(0), 1, true), new Variant(VARIANTS.get(1), 1, false)),
            List.of(
                    metric("conversion", MetricType.CONVERSION),
                    metric("revenue", MetricType.REVENUE),
                    metric("orders", MetricType.COUNT)),
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Definition.DEFAULT_ALPHA,
            Definition.DEFAULT_TUNING,
            false,
            1));
    private final Unit buyer = unit(0, ORDERS);
    private final Totals totals = new Totals();

    private static Metric metric(String id, MetricType type) {
        return new Metric(id, type, EventKind.purchase, null, null, Definition.DEFAULT_WINDOW, null, null, null);
    }

    private Unit unit(int number, int orders) {
        Unit unit = new Unit();
        Exposure exposure = new Exposure(VARIANTS.get(number % VARIANTS.size()), EXPOSED, "exposure-" + number);
        unit.saw(experiment.definition(), exposure, false);
        for (int order = 0; order < orders; order++) {
            String id = "order-" + number + "-" + order;
            long micros = 20_000_000L + 1_000_000L * (number % 50);
            unit.did(new Conversion(
                    id, EXPOSED + HOUR * (order + 1), EventKind.purchase, null, null, id, micros, "EUR"));
        }
        return unit;
    }

    /** Adds up very many units. */
    @Setup
    public void addUp() {
        Schemas.trust();
        totals.reached(EXPOSED + Definition.DEFAULT_WINDOW * 2);
        for (int number = 0; number < UNITS; number++) {
            contributionOf(unit(number, number % BUYS_ONE_IN == 0 ? 1 : 0)).ifPresent(totals::add);
        }
    }

    private Optional<Contribution> contributionOf(Unit unit) {
        return new Attribution(unit, experiment).contribution(EXPOSED + Definition.DEFAULT_WINDOW * 2);
    }

    /** What a unit with three orders adds. */
    @Benchmark
    public Optional<Contribution> attribute() {
        return contributionOf(buyer);
    }

    /** The statistics of all metrics and views. */
    @Benchmark
    public ExperimentResults results() {
        return Results.of(experiment, totals);
    }
}
