package io.weir.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.core.time.StreamClock.Phase;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Guardrail;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.experiments.hop.UnitInput.Converted;
import io.weir.experiments.hop.UnitInput.Exposed;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Exposure;
import io.weir.schemas.ComparisonView;
import io.weir.schemas.EventKind;
import io.weir.schemas.LiftBelief;
import io.weir.schemas.MetricType;
import io.weir.schemas.VariantComparison;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Metrics of which more is better, and those of which less is: what is believed of them, and when they are breached. */
class GuardrailTest {

    private static final String ID = "e-1";
    private static final long START = 1_767_225_600_000L;
    private static final long HOUR = 3_600_000;
    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private final ExperimentHarness harness = new ExperimentHarness(Phase.LIVE, Map.of());

    GuardrailTest() {
        harness.clock.set(START);
        harness.define(definition(), START);
    }

    @Test
    void whatFallsThoughMoreOfItIsBetterIsBreached() {
        units("a", 2_000, 400, 200);
        units("b", 2_000, 200, 200);
        pass();

        assertThat(matured("orders").getBreached()).isTrue();
        assertThat(matured("errors").getBreached()).isFalse();
        assertThat(comparison("orders", ComparisonView.LIVE).getBreached()).isNull();
        assertThat(matured("conversion").getBreached()).isNull();
    }

    @Test
    void whatRisesThoughLessOfItIsBetterIsBreached() {
        units("a", 2_000, 200, 200);
        units("b", 2_000, 400, 400);
        pass();

        assertThat(matured("orders").getBreached()).isFalse();
        assertThat(matured("errors").getBreached()).isTrue();
    }

    /** More errors are no gain. */
    @Test
    void aVariantWinsByWhatItHasLessOfIfLessIsBetter() {
        units("a", 2_000, 200, 200);
        units("b", 2_000, 240, 240);
        pass();

        LiftBelief orders = matured("orders").getFlat();
        LiftBelief errors = matured("errors").getFlat();
        assertThat(orders.getChanceToWin()).isGreaterThan(0.9);
        assertThat(errors.getChanceToWin()).isCloseTo(1 - orders.getChanceToWin(), within(1e-12));
        assertThat(errors.getExpectedLoss()).isCloseTo(orders.getExpectedLossOfControl(), within(1e-12));
        assertThat(errors.getExpectedLossOfControl()).isCloseTo(orders.getExpectedLoss(), within(1e-12));
        assertThat(matured("errors").getInformed().getChanceToWin()).isLessThan(0.2);
    }

    /** The formulas of gbstats, from the lift and its error that are in the same record. */
    @Test
    void beliefsFollowFromTheLift() {
        units("a", 1_000, 150, 100);
        units("b", 1_000, 180, 100);
        pass();

        VariantComparison comparison = matured("conversion");
        double lift = comparison.getRelative().getEstimate();
        double error = comparison.getRelative().getStandardError();
        assertBelief(comparison.getFlat(), lift, error);
        double deviation = 1 / Math.sqrt(1 / 0.09 + 1 / (error * error));
        assertBelief(comparison.getInformed(), deviation * deviation * lift / (error * error), deviation);
        assertThat(comparison.getInformed().getChanceToWin())
                .isLessThan(comparison.getFlat().getChanceToWin());
    }

    private static void assertBelief(LiftBelief belief, double mean, double deviation) {
        double z = mean / deviation;
        double density = deviation * STANDARD.density(z);
        assertThat(belief.getChanceToWin()).isCloseTo(STANDARD.cumulativeProbability(z), within(1e-9));
        assertThat(belief.getExpectedLoss())
                .isCloseTo(density - mean * STANDARD.cumulativeProbability(-z), within(1e-9));
        assertThat(belief.getExpectedLossOfControl())
                .isCloseTo(density + mean * STANDARD.cumulativeProbability(z), within(1e-9));
    }

    private static Definition definition() {
        return new Definition(
                ID,
                false,
                false,
                List.of(new Variant("a", 1, true), new Variant("b", 1, false)),
                List.of(
                        metric("conversion", EventKind.purchase, null, null),
                        metric("orders", EventKind.purchase, null, new Guardrail(true, 0.1)),
                        metric("errors", EventKind.interaction, "Checkout Failed", new Guardrail(false, 0.1))),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0.05,
                5_000,
                false,
                1);
    }

    private static Metric metric(String id, EventKind kind, String event, Guardrail guardrail) {
        return new Metric(id, MetricType.CONVERSION, kind, event, null, HOUR, null, null, guardrail);
    }

    private void units(String variant, int units, int orders, int errors) {
        for (int i = 0; i < units; i++) {
            String unit = variant + i;
            harness.take(unit, new Exposed(ID, new Exposure(variant, START, "s" + unit), false, null));
            if (i < orders) {
                did(
                        unit,
                        new Conversion(
                                "o" + unit, START, EventKind.purchase, null, null, "o" + unit, 10_000_000, "EUR"));
            }
            if (i < errors) {
                did(
                        unit,
                        new Conversion(
                                "f" + unit, START, EventKind.interaction, "Checkout Failed", null, null, 0, null));
            }
        }
    }

    private void did(String unit, Conversion conversion) {
        harness.take(unit, new Converted(conversion, null));
    }

    private void pass() {
        harness.clock.pass(Duration.ofHours(2).toMillis());
        harness.ticks(8);
    }

    private VariantComparison matured(String metric) {
        return comparison(metric, ComparisonView.MATURED);
    }

    private VariantComparison comparison(String metric, ComparisonView view) {
        return harness.last(ID).getComparisons().stream()
                .filter(one -> one.getMetricId().equals(metric) && one.getView() == view)
                .findFirst()
                .orElseThrow();
    }
}
