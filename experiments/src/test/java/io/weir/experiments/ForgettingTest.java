package io.weir.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.time.StreamClock.Phase;
import io.weir.core.verdict.Finding;
import io.weir.core.verdict.Verdict;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.experiments.hop.UnitInput.Converted;
import io.weir.experiments.hop.UnitInput.Exposed;
import io.weir.experiments.hop.UnitInput.Judged;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Exposure;
import io.weir.experiments.unit.Reason;
import io.weir.experiments.unit.Standing;
import io.weir.schemas.AlertStatus;
import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.MetricType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What leaves the stores, and when; what was given out stays. */
class ForgettingTest {

    private static final String ID = "x";
    private static final long HOUR = 3_600_000;
    private static final long START = 1_767_225_600_000L;
    /** The longest window, the lateness, and how long a unit is remembered. */
    private static final Map<String, String> RULES =
            Map.of("weir.experiments.lateness", "3d", "weir.experiments.unit-retention", "30d");

    private static final Duration WINDOW_AND_LATENESS = Duration.ofHours(1 + 72);

    private final ExperimentHarness harness = new ExperimentHarness(Phase.LIVE, RULES);

    ForgettingTest() {
        harness.clock.set(START);
    }

    @Test
    void aUnitAndItsTimerLeaveOnceItWasNotSeenForItsRetention() {
        harness.define(running(), START);
        see("v1", "a");
        buy("v1", 5_000_000);
        pass(Duration.ofDays(29));
        assertThat(harness.sizes())
                .containsEntry("experiments-visitor-units", 1L)
                .containsEntry("experiments-visitor-timers", 1L);

        pass(Duration.ofDays(2));

        assertThat(harness.sizes()).doesNotContainKeys("experiments-visitor-units", "experiments-visitor-timers");
        assertThat(harness.totals(ID).variant("a").units()).isEqualTo(1);
    }

    @Test
    void whatAUnitDidLeavesOnceItCannotCountAnyMoreAndItsValuesStay() {
        harness.define(running(), START);
        see("v1", "a");
        buy("v1", 5_000_000);
        long before = harness.bytes("experiments-visitor-units");
        // A week is the least that is kept: any experiment that nobody defined may begin.
        pass(Duration.ofDays(7 + 3).plusSeconds(1));

        assertThat(harness.bytes("experiments-visitor-units")).isLessThan(before - 20);
        assertThat(harness.last(ID).getVariants().get(0).getMetrics().get(0).getSum())
                .isEqualTo("5.00");
    }

    /** Its order is still known, since an experiment that nobody defined would look back a week. */
    @Test
    void aRefundThatComesWhenTheUnitIsFinalIsToldAsTooLate() {
        harness.define(running(), START);
        see("v1", "a");
        String order = buy("v1", 5_000_000);
        pass(WINDOW_AND_LATENESS.plusSeconds(1));
        give("v1", order, 5_000_000);
        pass(Duration.ofSeconds(2));

        assertThat(harness.last(ID).getVariants().get(0).getMetrics().get(0).getSum())
                .isEqualTo("5.00");
        assertThat(harness.why("v1", ID).doings())
                .extracting(doing -> doing.metrics().get(0).reason())
                .containsExactly(Reason.COUNTED, Reason.TOO_LATE);
    }

    /** Its values were measured from the variant that it saw first. */
    @Test
    void whatIsFinalDoesNotMoveToAnotherVariantWhenItsOwnIsStopped() {
        Metric revenue =
                new Metric("revenue", MetricType.REVENUE, EventKind.purchase, null, null, HOUR, null, "EUR", null);
        harness.define(named(ID, List.of(revenue), Long.MAX_VALUE, 1), START);
        see("v1", "b");
        buy("v1", 5_000_000);
        see("v2", "a");
        pass(WINDOW_AND_LATENESS.plusSeconds(1));
        see("v1", "a");

        harness.define(
                new Definition(
                        ID,
                        false,
                        false,
                        List.of(new Variant("a", 1, true), new Variant("c", 1, false)),
                        List.of(revenue),
                        START,
                        Long.MAX_VALUE,
                        0.05,
                        5_000,
                        false,
                        2),
                now());
        pass(Duration.ofSeconds(2));

        assertThat(harness.last(ID).getVariants().get(0).getUnits()).isEqualTo(1);
        assertThat(harness.last(ID).getVariants().get(0).getMetrics().get(0).getSum())
                .isEqualTo("0.00");
    }

    @Test
    void anEndedExperimentLeavesItsUnitsWithTheirLastWindowAndTheTotalsLater() {
        harness.define(ending(START + HOUR), START);
        see("v1", "a");
        harness.take("v1", judged());
        buy("v2", 5_000_000);
        pass(Duration.ofHours(1).plus(WINDOW_AND_LATENESS));
        int given = harness.results.size();
        assertThat(harness.sizes()).containsKeys("experiments-visitor-totals", "experiments-parts");

        pass(Duration.ofDays(31));

        assertThat(harness.sizes().keySet())
                .containsExactlyInAnyOrder(
                        "experiments-definitions",
                        "experiments-visitor-definitions",
                        "experiments-customer-definitions");
        assertThat(harness.results).hasSize(given);
    }

    /** Until its numbers leave the end of an experiment may be moved, long after nothing more could count for it. */
    @Test
    void whoComesBackAfterTheEndWasMovedCountsOnce() {
        harness.define(ending(START + HOUR), START);
        see("v1", "a");
        see("v2", "a");
        pass(Duration.ofHours(3).plus(WINDOW_AND_LATENESS));

        harness.define(ending(now() + HOUR, 2), now());
        see("v1", "a");
        see("v2", "b");
        see("v3", "a");
        pass(Duration.ofSeconds(2));

        assertThat(harness.totals(ID).variant("a").units()).isEqualTo(2);
        assertThat(harness.last(ID).getMultipleUnits()).isEqualTo(1);
    }

    /** What they bought is forgotten: they would be units that bought nothing. */
    @Test
    void whoCameBetweenTheEndAndItsMoveIsLeftOutAndWhoComesAgainCounts() {
        harness.define(ending(START + HOUR), START);
        see("v1", "a");
        pass(Duration.ofHours(2));
        see("v2", "a");
        buy("v2", 6_000_000);
        see("v3", "a");
        buy("v3", 6_000_000);
        pass(Duration.ofSeconds(2));
        assertThat(harness.totals(ID).units(Standing.NOT_RUNNING)).isEqualTo(2);
        pass(Duration.ofHours(3).plus(WINDOW_AND_LATENESS));
        harness.restart();

        harness.define(ending(now() + 5 * HOUR, 2), now());
        pass(Duration.ofSeconds(2));
        assertThat(harness.totals(ID).variant("a").units()).isEqualTo(1);
        assertThat(harness.totals(ID).units(Standing.NOT_RUNNING)).isEqualTo(2);

        see("v3", "a");
        buy("v3", 6_000_000);
        pass(Duration.ofSeconds(2));

        assertThat(harness.totals(ID).variant("a").units()).isEqualTo(2);
        assertThat(harness.totals(ID).units(Standing.NOT_RUNNING)).isEqualTo(1);
        assertThat(harness.totals(ID).units(Standing.COUNTED)).isEqualTo(2);
    }

    /** And of those who saw a variant before it was defined. */
    @Test
    void whoSawAVariantLongBeforeItWasDefinedIsLeftOut() {
        harness.define(running(), START);
        see("v1", "later");
        buy("v1", 6_000_000);
        see("v2", "later");
        pass(Duration.ofHours(1).plus(WINDOW_AND_LATENESS));
        assertThat(harness.totals(ID).unknownVariants()).containsEntry("later", 2L);
        harness.restart();

        harness.define(with(new Variant("later", 1, false)), now());
        pass(Duration.ofSeconds(2));
        assertThat(harness.totals(ID).units(Standing.COUNTED)).isZero();
        assertThat(harness.totals(ID).units(Standing.UNKNOWN_VARIANT)).isEqualTo(2);

        see("v2", "later");
        pass(Duration.ofSeconds(2));
        assertThat(harness.totals(ID).units(Standing.COUNTED)).isEqualTo(1);
        assertThat(harness.totals(ID).units(Standing.UNKNOWN_VARIANT)).isEqualTo(1);
    }

    /** What the others did before is forgotten: with them its mean would be next to nothing. */
    @Test
    void aMetricThatIsAddedLaterHasTheUnitsThatCameSince() {
        Metric revenue =
                new Metric("revenue", MetricType.REVENUE, EventKind.purchase, null, null, HOUR, null, "EUR", null);
        Metric capped =
                new Metric("capped", MetricType.REVENUE, EventKind.purchase, null, null, HOUR, 4_000_000L, "EUR", null);
        harness.define(named(ID, List.of(revenue), Long.MAX_VALUE, 1), START);
        see("v1", "a");
        see("v2", "a");
        buy("v1", 6_000_000);
        pass(Duration.ofHours(1).plus(WINDOW_AND_LATENESS));

        harness.define(named(ID, List.of(revenue, capped), Long.MAX_VALUE, 2), now());
        see("v3", "a");
        buy("v3", 6_000_000);
        pass(Duration.ofSeconds(2));

        assertThat(harness.last(ID).getVariants().get(0).getMetrics())
                .extracting(metric -> metric.getMetricId() + " " + metric.getN() + " " + metric.getMean())
                .containsExactly("revenue 3 4.0", "capped 1 4.0");
    }

    @Test
    void whatAnEndedExperimentAloneMeasuredIsNotKeptAnyMore() {
        Metric impressions = new Metric(
                "views",
                MetricType.COUNT,
                EventKind.impression,
                null,
                null,
                Duration.ofDays(60).toMillis(),
                null,
                null,
                null);
        harness.define(named("e-2", List.of(impressions), START + HOUR, 1), START);
        harness.define(running(), START);
        see("v1", "a");
        harness.take("v1", shown("i1"));
        assertThat(harness.sizes()).containsEntry("experiments-visitor-units", 1L);
        long kept = harness.bytes("experiments-visitor-units");

        // Its window, the lateness and the retention.
        pass(Duration.ofDays(60 + 3 + 30).plusHours(2));
        see("v1", "a");
        harness.take("v1", shown("i2"));

        assertThat(harness.bytes("experiments-visitor-units")).isLessThan(kept);
    }

    private Converted shown(String id) {
        return new Converted(new Conversion(id, now(), EventKind.impression, null, "m", null, 0, null), null);
    }

    @Test
    void anEndedExperimentThatIsStillShownLaterDoesNotReplaceItsResults() {
        harness.define(ending(START + HOUR), START);
        see("v1", "a");
        pass(Duration.ofDays(40));
        int given = harness.results.size();

        see("v2", "a");
        pass(Duration.ofSeconds(2));

        assertThat(harness.results).hasSize(given);
        assertThat(harness.sizes()).doesNotContainKeys("experiments-visitor-units", "experiments-parts");
    }

    @Test
    void anExperimentThatNobodyDefinedLeavesWithItsAlertOnceItWasNotSeenForAsLong() {
        see("v1", "a");
        pass(Duration.ofSeconds(2));
        assertThat(statuses()).containsExactly(AlertStatus.STARTED);

        pass(Duration.ofDays(31));

        assertThat(harness.sizes()).isEmpty();
        assertThat(statuses()).containsExactly(AlertStatus.STARTED, AlertStatus.ENDED);
    }

    /** A unit that goes on being seen knows the first life of the experiment; what it added to it is in no totals. */
    @Test
    void anExperimentThatComesBackStartsFromNothing() {
        see("v1", "a");
        see("v2", "a");
        keepVisiting("v1", 40);
        assertThat(harness.sizes()).doesNotContainKey("experiments-parts");

        see("v3", "b");
        harness.take("v1", judged());
        pass(Duration.ofSeconds(2));

        assertThat(harness.last(ID).getUnits()).isEqualTo(1);
        assertThat(harness.last(ID).getInvalidUnits()).isZero();
    }

    @Test
    void soItDoesIfTheProcessStopsBeforeEveryUnitKnows() {
        // More units than a tick looks at.
        for (int i = 0; i < 5_000; i++) {
            see("v" + i, "a");
        }
        pass(Duration.ofDays(20));
        judge(Finding.CLEARED);
        harness.clock.pass(Duration.ofDays(11).toMillis());
        harness.tick();
        harness.restart();

        see("v5000", "b");
        judge(Finding.INVALID);
        pass(Duration.ofSeconds(5));

        assertThat(harness.last(ID).getVariants()).hasSize(1);
        assertThat(harness.last(ID).getUnits()).isEqualTo(1);
        assertThat(harness.last(ID).getInvalidUnits()).isZero();
        assertThat(harness.sizes()).doesNotContainKey("experiments-visitor-progress");
    }

    /** Keeps the first 5 000 visitors. */
    private void judge(Finding finding) {
        for (int i = 0; i < 5_000; i++) {
            harness.take("v" + i, new Judged(new Verdict("rule", 1, finding, false, now())));
        }
    }

    private void keepVisiting(String visitor, int days) {
        for (int day = 0; day < days; day++) {
            pass(Duration.ofDays(1));
            harness.take(visitor, new Judged(new Verdict("rule-" + day, 1, Finding.CLEARED, false, now())));
            buy(visitor, 1_000_000);
        }
    }

    private static Definition running() {
        return ending(Long.MAX_VALUE);
    }

    private static Definition ending(long end) {
        return ending(end, 1);
    }

    private static Definition ending(long end, long version) {
        Metric revenue =
                new Metric("revenue", MetricType.REVENUE, EventKind.purchase, null, null, HOUR, null, "EUR", null);
        return named(ID, List.of(revenue), end, version);
    }

    private static Definition with(Variant added) {
        Definition before = running();
        List<Variant> variants = new ArrayList<>(before.variants());
        variants.add(added);
        return new Definition(
                ID, false, false, variants, before.metrics(), START, Long.MAX_VALUE, 0.05, 5_000, false, 2);
    }

    private static Definition named(String id, List<Metric> metrics, long end, long version) {
        return new Definition(
                id,
                false,
                false,
                List.of(new Variant("a", 1, true), new Variant("b", 1, false)),
                metrics,
                START,
                end,
                0.05,
                5_000,
                false,
                version);
    }

    private long now() {
        return harness.clock.millis();
    }

    private void see(String visitor, String variant) {
        harness.take(visitor, new Exposed(ID, new Exposure(variant, now(), "s" + visitor + now()), false, null));
    }

    private String buy(String visitor, long micros) {
        String order = "o" + visitor + now();
        pay(visitor, order, order, micros);
        return order;
    }

    private void give(String visitor, String order, long micros) {
        pay(visitor, "r" + order, order, -micros);
    }

    private void pay(String visitor, String event, String order, long micros) {
        Conversion paid = new Conversion(event, now(), EventKind.purchase, null, null, order, micros, "EUR");
        harness.take(visitor, new Converted(paid, null));
    }

    private Judged judged() {
        return new Judged(new Verdict("rule", 1, Finding.INVALID, false, now()));
    }

    private void pass(Duration time) {
        harness.clock.pass(time.toMillis());
        harness.ticks(8);
    }

    private List<AlertStatus> statuses() {
        return harness.alerts.stream().map(ExperimentAlert::getStatus).toList();
    }
}
