package io.weir.experiments.unit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.verdict.Finding;
import io.weir.core.verdict.Verdict;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.schemas.EventKind;
import io.weir.schemas.MetricType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every reason for which something that a unit did counts, or does not. */
class WhyTest {

    private static final long HOUR = 3_600_000;
    private static final long ANCHOR = 1_767_225_600_000L;

    private final Experiment experiment = Experiment.of(new Definition(
            "x",
            false,
            false,
            List.of(new Variant("a", 1, true), new Variant("b", 1, false)),
            List.of(
                    new Metric("revenue", MetricType.REVENUE, EventKind.purchase, null, null, HOUR, null, "EUR", null),
                    new Metric(
                            "shop", MetricType.REVENUE, EventKind.purchase, null, "m-1", 2 * HOUR, null, null, null)),
            ANCHOR - HOUR,
            ANCHOR + HOUR,
            0.05,
            5_000,
            false,
            1));

    private final Unit unit = new Unit();

    @Test
    void whatIsDoneWithinTheWindowCounts() {
        saw("a", ANCHOR);
        bought("e1", ANCHOR, "o1", 5, "EUR");
        bought("e2", ANCHOR + HOUR - 1, "o2", 5, "EUR");

        assertThat(reasons("e1")).containsExactly(Reason.COUNTED, Reason.NOT_MEASURED);
        assertThat(reasons("e2").get(0)).isEqualTo(Reason.COUNTED);
    }

    @Test
    void whatIsDoneBeforeTheAnchorIsTooEarly() {
        saw("a", ANCHOR);
        bought("e1", ANCHOR - 1, "o1", 5, "EUR");

        assertThat(reasons("e1").get(0)).isEqualTo(Reason.TOO_EARLY);
    }

    @Test
    void anEarlierExposureThatComesLaterMovesTheAnchor() {
        saw("a", ANCHOR);
        bought("e1", ANCHOR - 1, "o1", 5, "EUR");
        saw("a", ANCHOR - 2);

        assertThat(reasons("e1").get(0)).isEqualTo(Reason.COUNTED);
        assertThat(why().anchor()).isEqualTo(ANCHOR - 2);
    }

    /** What was counted was measured from the anchor that it had, and so is what is said of it. */
    @Test
    void anEarlierExposureDoesNotMoveTheAnchorOfWhatIsFinal() {
        saw("a", ANCHOR);
        bought("e1", ANCHOR + HOUR - 1, "o1", 5, "EUR");
        unit.contributes(
                "x",
                new Attribution(unit, experiment)
                        .contribution(ANCHOR + 3 * HOUR)
                        .orElseThrow());
        unit.seal("x");
        saw("b", ANCHOR - 2);

        assertThat(reasons("e1").get(0)).isEqualTo(Reason.EXCLUDED);
        assertThat(why().anchor()).isEqualTo(ANCHOR);
        assertThat(why().variant()).isEqualTo("a");
        assertThat(why().standing()).isEqualTo(Standing.MULTIPLE);

        unit.forget("x");
        saw("a", ANCHOR);
        unit.contributes(
                "x",
                new Attribution(unit, experiment)
                        .contribution(ANCHOR + 3 * HOUR)
                        .orElseThrow());
        unit.seal("x");
        saw("a", ANCHOR - 2);
        assertThat(reasons("e1").get(0)).isEqualTo(Reason.COUNTED);
    }

    @Test
    void theWindowIsOverAtItsEnd() {
        saw("a", ANCHOR);
        bought("e1", ANCHOR + HOUR, "o1", 5, "EUR");

        assertThat(reasons("e1").get(0)).isEqualTo(Reason.WINDOW_OVER);
    }

    @Test
    void aUnitWithSeveralVariantsIsLeftOut() {
        saw("a", ANCHOR);
        saw("b", ANCHOR + 1);
        bought("e1", ANCHOR + 2, "o1", 5, "EUR");

        assertThat(why().standing()).isEqualTo(Standing.MULTIPLE);
        assertThat(why().exposures()).extracting(Exposure::variant).containsExactly("a", "b");
        assertThat(reasons("e1").get(0)).isEqualTo(Reason.EXCLUDED);
    }

    @Test
    void aUnitUnderAVerdictIsLeftOutUntilItIsCleared() {
        saw("a", ANCHOR);
        bought("e1", ANCHOR + 2, "o1", 5, "EUR");
        unit.judged(new Verdict("rule", 1, Finding.INVALID, false, ANCHOR));

        assertThat(why().standing()).isEqualTo(Standing.INVALID);
        assertThat(reasons("e1").get(0)).isEqualTo(Reason.EXCLUDED);

        unit.judged(new Verdict("*", 0, Finding.CLEARED, true, ANCHOR + 1));

        assertThat(why().standing()).isEqualTo(Standing.COUNTED);
        assertThat(reasons("e1").get(0)).isEqualTo(Reason.COUNTED);
    }

    @Test
    void aCrawlerIsLeftOut() {
        unit.saw(experiment.definition(), new Exposure("a", ANCHOR, "s"), true);
        bought("e1", ANCHOR + 2, "o1", 5, "EUR");

        assertThat(why().standing()).isEqualTo(Standing.BOT);
        assertThat(reasons("e1").get(0)).isEqualTo(Reason.EXCLUDED);
    }

    @Test
    void whoDoesMoreThanAnyPersonIsLeftOut() {
        saw("a", ANCHOR);
        for (int i = 0; i <= Unit.MOST_CONVERSIONS; i++) {
            bought("e" + i, ANCHOR + i, "o" + i, 1, "EUR");
        }

        assertThat(why().standing()).isEqualTo(Standing.BOT);
    }

    @Test
    void whatIsGivenBackIsRefundedAndTheRefundCountsAtItsOrdersTime() {
        saw("a", ANCHOR);
        bought("e1", ANCHOR + 1, "o1", 5, "EUR");
        bought("e2", ANCHOR + 5 * HOUR, "o1", -5, "EUR");

        assertThat(reasons("e1").get(0)).isEqualTo(Reason.REFUNDED);
        assertThat(reasons("e2").get(0)).isEqualTo(Reason.COUNTED);
    }

    @Test
    void aPartThatIsGivenBackLeavesTheRest() {
        saw("a", ANCHOR);
        bought("e1", ANCHOR + 1, "o1", 5, "EUR");
        bought("e2", ANCHOR + 2, "o1", -2, "EUR");

        assertThat(reasons("e1").get(0)).isEqualTo(Reason.COUNTED);
    }

    @Test
    void aRefundOfAnOrderThatNobodyKnowsDoesNotCount() {
        saw("a", ANCHOR);
        bought("e1", ANCHOR + 1, "o1", -5, "EUR");

        assertThat(reasons("e1").get(0)).isEqualTo(Reason.ORDER_UNKNOWN);
    }

    @Test
    void aRefundIsThatOfItsOrdersMerchant() {
        saw("a", ANCHOR);
        unit.did(new Conversion("e1", ANCHOR, EventKind.purchase, null, "m-1", "o1", 5_000_000, "EUR"));
        bought("e2", ANCHOR + 1, "o1", -5, "EUR");

        assertThat(reasons("e1")).containsExactly(Reason.REFUNDED, Reason.REFUNDED);
        assertThat(reasons("e2")).containsExactly(Reason.COUNTED, Reason.COUNTED);
    }

    @Test
    void anotherCurrencyIsCountedApart() {
        saw("a", ANCHOR);
        bought("e1", ANCHOR + 1, "o1", 5, "USD");

        assertThat(reasons("e1").get(0)).isEqualTo(Reason.OTHER_CURRENCY);
    }

    @Test
    void soItIsWhereTheMetricIsInTheCurrencyOfMostOrders() {
        saw("a", ANCHOR);
        unit.did(new Conversion("e1", ANCHOR, EventKind.purchase, null, "m-1", "o1", 5_000_000, "USD"));
        unit.did(new Conversion("e2", ANCHOR, EventKind.purchase, null, "m-1", "o2", 5_000_000, "EUR"));

        assertThat(reasons("e1").get(1)).isEqualTo(Reason.OTHER_CURRENCY);
        assertThat(reasons("e2").get(1)).isEqualTo(Reason.COUNTED);
    }

    @Test
    void aUnitThatSawOnlyAnUnknownVariantStandsSo() {
        saw("c", ANCHOR);

        assertThat(why().standing()).isEqualTo(Standing.UNKNOWN_VARIANT);
    }

    @Test
    void aUnitThatSawItAfterItsEndStandsSo() {
        saw("a", ANCHOR + HOUR);

        assertThat(why().standing()).isEqualTo(Standing.NOT_RUNNING);
    }

    @Test
    void aUnitThatNeverSawItHasNoAnswer() {
        bought("e1", ANCHOR, "o1", 5, "EUR");

        assertThat(Why.of(unit, experiment, Map.of("shop", "EUR"))).isEmpty();
    }

    private void saw(String variant, long at) {
        unit.saw(experiment.definition(), new Exposure(variant, at, "s" + at), false);
    }

    private void bought(String id, long at, String order, long units, String currency) {
        unit.did(new Conversion(id, at, EventKind.purchase, null, null, order, units * 1_000_000, currency));
    }

    private Why why() {
        return Why.of(unit, experiment, Map.of("shop", "EUR")).orElseThrow();
    }

    private List<Reason> reasons(String eventId) {
        return why().doings().stream()
                .filter(doing -> doing.conversion().eventId().equals(eventId))
                .flatMap(doing -> doing.metrics().stream())
                .map(Why.MetricReason::reason)
                .toList();
    }
}
