package io.weir.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.core.time.StreamClock.Phase;
import io.weir.core.verdict.Finding;
import io.weir.core.verdict.Verdict;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Guardrail;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.experiments.hop.UnitInput.Converted;
import io.weir.experiments.hop.UnitInput.Exposed;
import io.weir.experiments.hop.UnitInput.Judged;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Exposure;
import io.weir.schemas.AlertStatus;
import io.weir.schemas.ComparisonView;
import io.weir.schemas.Decision;
import io.weir.schemas.DifferenceEstimate;
import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentAlertKind;
import io.weir.schemas.ExperimentResults;
import io.weir.schemas.MetricResults;
import io.weir.schemas.MetricType;
import io.weir.schemas.VariantComparison;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the numbers lead to: decisions, and alerts that start and end. */
class ResultsTest {

    private static final String ID = "x";
    private static final long HOUR = 3_600_000;
    private static final long START = 1_767_225_600_000L;

    private final ExperimentHarness harness = new ExperimentHarness(Phase.LIVE, Map.of());
    private int number;

    ResultsTest() {
        harness.clock.set(START);
    }

    @Test
    void nothingIsDecidedBeforeWindowsHavePassedAndThenTheBetterOneIs() {
        harness.define(definition(2), START);
        expose("a", 1_000, 200);
        expose("b", 1_000, 320);
        pass(Duration.ofSeconds(1));

        assertThat(comparison(ComparisonView.LIVE, "b").getDecision()).isEqualTo(Decision.NONE);
        assertThat(comparison(ComparisonView.MATURED, "b").getAbsolute()).isNull();

        pass(Duration.ofHours(2));

        VariantComparison matured = comparison(ComparisonView.MATURED, "b");
        assertThat(matured.getAbsolute().getEstimate()).isCloseTo(0.12, within(1e-12));
        assertThat(matured.getDecision()).isEqualTo(Decision.BETTER);
        assertThat(comparison(ComparisonView.LIVE, "b").getDecision()).isEqualTo(Decision.NONE);
    }

    @Test
    void nothingIsDecidedByFewerThanAHundredConverters() {
        harness.define(definition(2), START);
        expose("a", 1_000, 99);
        expose("b", 1_000, 320);
        pass(Duration.ofHours(2));

        VariantComparison matured = comparison(ComparisonView.MATURED, "b");
        assertThat(matured.getAbsolute().getSequentialP()).isLessThan(1e-6);
        assertThat(matured.getRelative()).isNull();
        assertThat(matured.getDecision()).isEqualTo(Decision.NONE);
    }

    @Test
    void manyComparisonsNeedMoreEvidence() {
        harness.define(definition(3), START);
        expose("a", 2_000, 400);
        expose("b", 2_000, 480);
        expose("c", 2_000, 400);
        pass(Duration.ofHours(2));

        List<VariantComparison> decidable = harness.last(ID).getComparisons().stream()
                .filter(one -> one.getView() == ComparisonView.MATURED && one.getBreached() == null)
                .toList();
        VariantComparison strongest = decidable.stream()
                .min(Comparator.comparing(one -> one.getAbsolute().getSequentialP()))
                .orElseThrow();
        // Two variants by two metrics, without the guardrail.
        assertThat(decidable).hasSize(4);
        assertThat(strongest.getAdjustedP())
                .isCloseTo(4 * strongest.getAbsolute().getSequentialP(), within(1e-12))
                .isLessThan(1);
        assertThat(comparison(ComparisonView.MATURED, "c").getDecision()).isEqualTo(Decision.NONE);
    }

    @Test
    void epochsAreCombinedByTheirSize() {
        harness.define(definition(2), START);
        expose("a", 100, 50);
        expose("b", 100, 60);
        harness.define(weighted(2, 3), START + HOUR);
        harness.clock.set(START + HOUR);
        expose("a", 100, 10);
        expose("b", 300, 60);
        pass(Duration.ofSeconds(1));

        ExperimentResults results = harness.last(ID);
        assertThat(results.getEpochs()).isEqualTo(2);
        assertThat(results.getSrm().getChi2P()).isEqualTo(1);
        // 200 units with +0.1 and 400 with +0.1; all together it would be 120/400 − 60/200 = 0.
        assertThat(comparison(ComparisonView.LIVE, "b").getAbsolute().getEstimate())
                .isCloseTo(0.1, within(1e-12));
        double first = 0.25 / 100 + 0.24 / 100;
        double second = 0.09 / 100 + 0.16 / 300;
        assertThat(comparison(ComparisonView.LIVE, "b").getAbsolute().getStandardError())
                .isCloseTo(Math.sqrt(first / 9 + second * 4 / 9), within(1e-12));
    }

    @Test
    void sharesThatAreNotAsPlannedAreAnAlertThatStays() {
        harness.define(definition(2), START);
        expose("a", 1_000, 100);
        expose("b", 500, 50);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.SAMPLE_RATIO_MISMATCH)).containsExactly(AlertStatus.STARTED);
        assertThat(harness.last(ID).getSrm().getMismatch()).isTrue();

        expose("b", 500, 50);
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getSrm().getMismatch()).isFalse();
        assertThat(statuses(ExperimentAlertKind.SAMPLE_RATIO_MISMATCH)).containsExactly(AlertStatus.STARTED);
    }

    @Test
    void assumedWeightsAreNoReasonForAnAlert() {
        expose("a", 1_000, 100);
        expose("b", 500, 50);
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getSrm().getMismatch()).isTrue();
        assertThat(harness.alerts)
                .extracting(ExperimentAlert::getKind)
                .containsExactly(ExperimentAlertKind.UNKNOWN_EXPERIMENT);
    }

    @Test
    void unitsWithSeveralVariantsAreAnAlertFromTenAndOnePercent() {
        harness.define(definition(2), START);
        expose("a", 495, 0);
        expose("b", 495, 0);
        exposeToBoth(9);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.MULTIPLE_VARIANTS)).isEmpty();

        exposeToBoth(2);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.MULTIPLE_VARIANTS)).containsExactly(AlertStatus.STARTED);

        expose("a", 500, 0);
        expose("b", 500, 0);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.MULTIPLE_VARIANTS))
                .containsExactly(AlertStatus.STARTED, AlertStatus.ENDED);
    }

    @Test
    void aVariantThatNobodySeesIsAnAlertFromAHundredUnitsOfAnother() {
        harness.define(definition(2), START);
        expose("a", 99, 0);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_EXPOSURES)).isEmpty();

        expose("a", 1, 0);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_EXPOSURES)).containsExactly(AlertStatus.STARTED);

        expose("b", 1, 0);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_EXPOSURES))
                .containsExactly(AlertStatus.STARTED, AlertStatus.ENDED);
    }

    @Test
    void aVariantInWhichNobodyConvertsIsAnAlertOnceThatIsNextToImpossible() {
        harness.define(definition(2), START);
        expose("a", 1_000, 100);
        expose("b", 65, 0);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_CONVERSIONS)).isEmpty();

        // 0.9^66 is the first below 0.001.
        expose("b", 1, 0);
        pass(Duration.ofSeconds(1));

        // By either metric of purchases.
        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_CONVERSIONS))
                .containsExactly(AlertStatus.STARTED, AlertStatus.STARTED);

        buy(unit(), "EUR", 10_000_000);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_CONVERSIONS))
                .containsExactly(AlertStatus.STARTED, AlertStatus.STARTED, AlertStatus.ENDED, AlertStatus.ENDED);
    }

    @Test
    void whoBuysInAnotherCurrencyHasConverted() {
        harness.define(definition(2), START);
        expose("a", 1_000, 100);
        expose("b", 1, 0);
        buy(unit(), "USD", 10_000_000);
        expose("b", 200, 0);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.MIXED_CURRENCIES)).contains(AlertStatus.STARTED);
        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_CONVERSIONS)).isEmpty();
    }

    @Test
    void aVariantThatNobodyDefinedIsAnAlert() {
        harness.define(definition(2), START);
        expose("z", 1, 0);
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getUnknownExposures()).isEqualTo(1);
        assertThat(statuses(ExperimentAlertKind.UNKNOWN_VARIANT)).containsExactly(AlertStatus.STARTED);

        convict(unit());

        assertThat(statuses(ExperimentAlertKind.UNKNOWN_VARIANT))
                .containsExactly(AlertStatus.STARTED, AlertStatus.ENDED);
    }

    @Test
    void aVariantThatNobodyDefinedIsAnAlertAlsoIfItsUnitsSawAnother() {
        harness.define(definition(2), START);
        String unit = unit();
        harness.take(unit, new Exposed(ID, new Exposure("a", START, "e-1"), false, null));
        harness.take(unit, new Exposed(ID, new Exposure("z", START + 1, "e-2"), false, null));
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getUnits()).isEqualTo(1);
        assertThat(statuses(ExperimentAlertKind.UNKNOWN_VARIANT)).containsExactly(AlertStatus.STARTED);
    }

    @Test
    void ordersInSeveralCurrenciesAreAnAlertAndThoseOfMostOrdersCount() {
        harness.define(definition(2), START);
        expose("a", 3, 3);
        buy(unit(), "USD", 7_000_000);
        pass(Duration.ofSeconds(1));

        MetricResults revenue =
                harness.last(ID).getVariants().get(0).getMetrics().get(1);
        assertThat(revenue.getCurrency()).isEqualTo("EUR");
        assertThat(revenue.getSum()).isEqualTo("30.00");
        assertThat(revenue.getOtherCurrencies()).isEqualTo(Map.of("USD", "7.00"));
        assertThat(statuses(ExperimentAlertKind.MIXED_CURRENCIES)).hasSize(2).containsOnly(AlertStatus.STARTED);

        convict(unit());

        assertThat(statuses(ExperimentAlertKind.MIXED_CURRENCIES))
                .containsExactly(AlertStatus.STARTED, AlertStatus.STARTED, AlertStatus.ENDED, AlertStatus.ENDED);
    }

    @Test
    void aGuardrailIsBreachedOnceItIsSurelyWorseThanItsMargin() {
        harness.define(definition(2), START);
        expose("a", 2_000, 0);
        fail(2_000, 200);
        expose("b", 2_000, 0);
        fail(2_000, 260);
        pass(Duration.ofHours(2));

        assertThat(statuses(ExperimentAlertKind.GUARDRAIL_BREACHED)).isEmpty();

        fail(2_000, 800);
        pass(Duration.ofHours(2));

        assertThat(statuses(ExperimentAlertKind.GUARDRAIL_BREACHED)).containsExactly(AlertStatus.STARTED);

        fail(4_000, 800);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.GUARDRAIL_BREACHED))
                .containsExactly(AlertStatus.STARTED, AlertStatus.ENDED);
    }

    @Test
    void aGuardrailThatNobodyOfControlTouchesIsBreachedToo() {
        harness.define(definition(2), START);
        expose("a", 1_000, 0);
        expose("b", 1_000, 0);
        fail(1_000, 200);
        pass(Duration.ofHours(2));

        assertThat(statuses(ExperimentAlertKind.GUARDRAIL_BREACHED)).containsExactly(AlertStatus.STARTED);
    }

    @Test
    void aGuardrailThatEveryoneOfTheVariantBreaksIsBreached() {
        harness.define(definition(2), START);
        expose("a", 1_000, 0);
        expose("b", 1_000, 0);
        fail(1_000, 1_000);
        pass(Duration.ofHours(2));

        assertThat(statuses(ExperimentAlertKind.GUARDRAIL_BREACHED)).containsExactly(AlertStatus.STARTED);
    }

    /** In the first epoch everybody of the other converted, and nobody was shown this one. */
    @Test
    void anEpochWithoutTheVariantDoesNotHideThatItNeverSells() {
        harness.define(definition(2), START);
        expose("a", 3, 3);
        harness.define(weighted(2, 3), START + HOUR);
        harness.clock.set(START + HOUR);
        expose("a", 1_000, 100);
        expose("b", 1_000, 0);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_CONVERSIONS)).contains(AlertStatus.STARTED);
    }

    /** It had taken in what the units' tasks sent, and they have nothing more to send. */
    @Test
    void whatWasTakenInIsGivenOutThoughTheTaskOfResultsMovesBefore() {
        harness.define(definition(2), START);
        expose("a", 10, 5);
        harness.clock.pass(250);
        harness.tickUnits();
        assertThat(harness.results).isEmpty();

        harness.restartResults();
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getUnits()).isEqualTo(10);
    }

    @Test
    void resultsAreGivenOutTwiceASecondAtMostAndNotAtAllWithoutAChange() {
        harness.define(definition(2), START);
        for (int tick = 0; tick < 20; tick++) {
            expose("a", 1, 0);
            harness.clock.pass(250);
            harness.tick();
        }
        assertThat(harness.results).hasSizeBetween(5, 11);
        assertThat(harness.results.get(harness.results.size() - 1).getUnits()).isGreaterThan(15);

        pass(Duration.ofSeconds(1));
        int given = harness.results.size();
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getUnits()).isEqualTo(20);
        assertThat(harness.results).hasSize(given);
    }

    /** d = Σ(nₑ/n)·dₑ: half of −0.1, and half of 0.06; V = Σ(nₑ/n)²·Vₑ. */
    @Test
    void anEpochInWhichNobodyOfOneConvertedSaysThat() {
        harness.define(definition(2), START);
        expose("a", 1_000, 100);
        expose("b", 1_000, 0);
        harness.define(weighted(2, 3), START + HOUR);
        harness.clock.set(START + HOUR);
        expose("a", 1_000, 100);
        expose("b", 1_000, 160);
        pass(Duration.ofHours(2));

        DifferenceEstimate absolute = comparison(ComparisonView.MATURED, "b").getAbsolute();
        assertThat(absolute.getEstimate()).isCloseTo(-0.02, within(1e-12));
        double variance = (0.1 * 0.9 + (0.1 * 0.9 + 0.16 * 0.84)) / 1_000 / 4;
        assertThat(absolute.getStandardError()).isCloseTo(Math.sqrt(variance), within(1e-12));
    }

    /** The fault was not there yet in the first epoch: 0 of 1 500, and 0 of 1 500. */
    @Test
    void aGuardrailIsBreachedAlsoIfNothingHappenedInAnEarlierEpoch() {
        harness.define(definition(2), START);
        expose("a", 1_500, 0);
        expose("b", 1_500, 0);
        harness.define(weighted(2, 3), START + HOUR);
        harness.clock.set(START + HOUR);
        expose("a", 5_000, 0);
        fail(5_000, 10, START + HOUR);
        expose("b", 5_000, 0);
        fail(5_000, 200, START + HOUR);
        pass(Duration.ofHours(2));

        assertThat(statuses(ExperimentAlertKind.GUARDRAIL_BREACHED)).containsExactly(AlertStatus.STARTED);
    }

    /** Who saw it first stays left out, and its name is no news. */
    @Test
    void aVariantThatIsStoppedTakesItsUnitsWithIt() {
        harness.define(definition(3), START);
        expose("a", 10, 0);
        expose("c", 1, 1);
        see("a");
        expose("c", 5, 0);
        pass(Duration.ofSeconds(1));
        assertThat(harness.last(ID).getUnits()).isEqualTo(15);

        harness.define(weighted(2, 2), START + HOUR);
        pass(Duration.ofSeconds(2));

        assertThat(harness.last(ID).getUnits()).isEqualTo(10);
        assertThat(harness.last(ID).getMultipleUnits()).isEqualTo(1);
        assertThat(harness.last(ID).getUnknownExposures()).isZero();
        assertThat(statuses(ExperimentAlertKind.UNKNOWN_VARIANT)).isEmpty();
        assertThat(harness.last(ID).getVariants().get(0).getMetrics().get(1).getSum())
                .isEqualTo("0.00");
    }

    @Test
    void eventsWithoutACustomerAreCountedWhereCustomersAre() {
        harness.define(defined(true, definition(2).metrics(), START, START + HOUR), START);
        expose("a", 3, 2);
        harness.take("v1", new Exposed(ID, new Exposure("a", START, "e-1"), false, "customer"));
        harness.clock.set(START + HOUR);
        buy("v1", "EUR", 1_000_000);
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getUnits()).isEqualTo(1);
        assertThat(harness.last(ID).getUnattributed()).isEqualTo(5);
    }

    @Test
    void whoOnlySawItBeforeItsStartIsCountedApart() {
        harness.define(defined(false, definition(2).metrics(), START + HOUR, Long.MAX_VALUE), START);
        expose("a", 3, 0);
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getUnits()).isZero();
        assertThat(harness.last(ID).getNotRunningUnits()).isEqualTo(3);
    }

    @Test
    void aMetricThatNamesItsCurrencyIsNotMixed() {
        Metric euros =
                new Metric("revenue", MetricType.REVENUE, EventKind.purchase, null, null, HOUR, null, "EUR", null);
        harness.define(defined(false, List.of(euros), Long.MIN_VALUE, Long.MAX_VALUE), START);
        expose("a", 2, 1);
        buy(unit(), "USD", 10_000_000);
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getVariants().get(0).getMetrics().get(0).getOtherCurrencies())
                .containsEntry("USD", "10.00");
        assertThat(statuses(ExperimentAlertKind.MIXED_CURRENCIES)).isEmpty();
    }

    @Test
    void aVariantThatIsAddedLaterIsComparedWithItsOwnTime() {
        harness.define(definition(2), START);
        expose("a", 1_000, 500);
        expose("b", 1_000, 500);
        harness.define(weighted(3, 3), START + HOUR);
        harness.clock.set(START + HOUR);
        expose("a", 200, 20);
        expose("c", 200, 40);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_CONVERSIONS)).isEmpty();
        assertThat(comparison(ComparisonView.LIVE, "c").getAbsolute().getEstimate())
                .isCloseTo(0.1, within(1e-12));
    }

    @Test
    void newWeightsTakeNothingAwayFromWhatIsKnown() {
        harness.define(definition(2), START);
        expose("a", 1_000, 200);
        expose("b", 1_000, 320);
        pass(Duration.ofHours(2));
        assertThat(comparison(ComparisonView.MATURED, "b").getDecision()).isEqualTo(Decision.BETTER);

        long later = START + 3 * HOUR;
        harness.define(weighted(2, 3), later);
        harness.clock.set(later);
        expose("a", 3, 0);
        expose("b", 3, 0);
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getEpochs()).isEqualTo(2);
        assertThat(comparison(ComparisonView.MATURED, "b").getDecision()).isEqualTo(Decision.BETTER);
        assertThat(comparison(ComparisonView.LIVE, "b").getAbsolute().getEstimate())
                .isCloseTo(0.12 * 2_000 / 2_006, within(1e-12));
    }

    /** In doubles, 70 times 9.99 leaves a variance above nothing, and a difference that is certain. */
    @Test
    void nothingIsConcludedFromUnitsThatAreAllAlike() {
        harness.define(definition(2), START);
        for (int i = 0; i < 140; i++) {
            number++;
            see(i % 2 == 0 ? "a" : "b");
            buy(unit(), "EUR", i % 2 == 0 ? 9_990_000 : 10_990_000);
        }
        pass(Duration.ofSeconds(1));

        assertThat(harness.last(ID).getComparisons())
                .filteredOn(comparison -> comparison.getMetricId().equals("revenue"))
                .isNotEmpty()
                .allSatisfy(comparison -> assertThat(comparison.getAbsolute()).isNull());
    }

    @Test
    void aVariantThatHasJustBeenAddedNeedNotHaveBeenSeen() {
        harness.define(definition(2), START);
        expose("a", 1_000, 100);
        expose("b", 1_000, 100);
        harness.define(weighted(3, 3), START + HOUR);
        harness.clock.set(START + HOUR);
        pass(Duration.ofSeconds(1));
        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_EXPOSURES)).isEmpty();

        expose("a", 100, 10);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_EXPOSURES))
                .containsExactly(AlertStatus.STARTED, AlertStatus.STARTED);
    }

    @Test
    void whoHasOnlyJustBeenSeenNeedNotHaveConverted() {
        harness.define(definition(2), START);
        expose("a", 1_000, 100);
        expose("b", 5, 0);
        harness.define(weighted(2, 3), START + HOUR);
        harness.clock.set(START + HOUR);
        expose("a", 100, 0);
        expose("b", 100, 0);
        pass(Duration.ofSeconds(1));

        assertThat(statuses(ExperimentAlertKind.VARIANT_WITHOUT_CONVERSIONS)).isEmpty();
    }

    @Test
    void namesOfVariantsThatNobodyDefinedAreToldOnlySoFar() {
        harness.define(definition(2), START);
        for (int i = 0; i < 500; i++) {
            number++;
            see("made-up-" + i);
        }
        number++;
        String one = unit();
        for (int i = 0; i < 500; i++) {
            harness.take(one, new Exposed(ID, new Exposure("more-" + i, START, "e-" + i), false, null));
        }
        pass(Duration.ofSeconds(1));

        assertThat(harness.totals(ID).unknownVariants()).hasSizeLessThan(250).containsKey("(others)");
        assertThat(harness.totals(ID).unknownVariants().values().stream()
                        .mapToLong(n -> n)
                        .sum())
                .isEqualTo(520);
    }

    @Test
    void namesThatAreMadeUpWithoutEndAreNotCountedWithoutEnd() {
        for (int i = 0; i < 500; i++) {
            number++;
            see("made-up-" + i);
        }
        pass(Duration.ofSeconds(1));

        // A hundred in each of the two tasks.
        assertThat(harness.last(ID).getVariants()).hasSizeBetween(100, 200);
    }

    @Test
    void aBacklogHoldsTheClockUntilItHasBeenRead() {
        harness.caughtUp = false;
        harness.define(definition(2), START);
        see("a");
        harness.clock.set(START + 90L * 24 * HOUR);
        for (int i = 0; i < 8; i++) {
            harness.tick();
        }
        Conversion inTime =
                new Conversion("late", START + HOUR / 2, EventKind.purchase, null, null, "o", 5_000_000, "EUR");
        harness.take(unit(), new Converted(inTime, null));
        harness.caughtUp = true;
        pass(Duration.ofHours(1));

        MetricResults matured =
                harness.last(ID).getVariants().get(0).getMaturedMetrics().get(1);
        assertThat(matured.getN()).isEqualTo(1);
        assertThat(matured.getSum()).isEqualTo("5.00");
    }

    private static Definition definition(int variants) {
        return weighted(variants, 1);
    }

    /** Of two variants with equal weights. */
    private static Definition defined(boolean ofCustomers, List<Metric> metrics, long from, long to) {
        List<Variant> variants = definition(2).variants();
        return new Definition(ID, false, ofCustomers, variants, metrics, from, to, 0.05, 5_000, false, 1);
    }

    private static Definition weighted(int variants, double weightOfB) {
        List<Variant> all =
                List.of(new Variant("a", 1, true), new Variant("b", weightOfB, false), new Variant("c", 1, false));
        return new Definition(
                ID,
                false,
                false,
                all.subList(0, variants),
                List.of(
                        new Metric(
                                "conversion",
                                MetricType.CONVERSION,
                                EventKind.purchase,
                                null,
                                null,
                                HOUR,
                                null,
                                null,
                                null),
                        new Metric(
                                "revenue", MetricType.REVENUE, EventKind.purchase, null, null, HOUR, null, null, null),
                        new Metric(
                                "errors",
                                MetricType.CONVERSION,
                                EventKind.interaction,
                                "Checkout Failed",
                                null,
                                HOUR,
                                null,
                                null,
                                new Guardrail(false, 0.1))),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0.05,
                5_000,
                false,
                (long) weightOfB);
    }

    private void expose(String variant, int units, int converters) {
        for (int i = 0; i < units; i++) {
            number++;
            see(variant);
            if (i < converters) {
                buy(unit(), "EUR", 10_000_000);
            }
        }
    }

    private void exposeToBoth(int units) {
        for (int i = 0; i < units; i++) {
            number++;
            see("a");
            see("b");
        }
    }

    private void see(String variant) {
        Exposure exposure = new Exposure(variant, harness.clock.millis(), "s" + variant + number);
        harness.take(unit(), new Exposed(ID, exposure, false, null));
    }

    /** The last of the newest units meet an error. */
    private void fail(int newest, int units) {
        fail(newest, units, START);
    }

    private void fail(int newest, int units, long at) {
        for (int i = 0; i < units; i++) {
            String id = "v" + (number - newest + 1 + i);
            Conversion error =
                    new Conversion("f" + id, at, EventKind.interaction, "Checkout Failed", null, null, 0, null);
            harness.take(id, new Converted(error, null));
        }
    }

    private void convict(String visitor) {
        harness.take(visitor, new Judged(new Verdict("rule", 1, Finding.INVALID, false, START)));
        pass(Duration.ofSeconds(1));
    }

    private void buy(String unit, String currency, long micros) {
        long at = harness.clock.millis();
        String id = "o" + unit + currency;
        harness.take(
                unit,
                new Converted(new Conversion(id, at, EventKind.purchase, null, null, id, micros, currency), null));
    }

    private String unit() {
        return "v" + number;
    }

    /** Lets so much time pass, and results be given out. */
    private void pass(Duration time) {
        harness.clock.pass(time.toMillis());
        harness.ticks(8);
    }

    private VariantComparison comparison(ComparisonView view, String variant) {
        return harness.last(ID).getComparisons().stream()
                .filter(one -> one.getView() == view
                        && one.getVariantId().equals(variant)
                        && one.getMetricId().equals("conversion"))
                .findFirst()
                .orElseThrow();
    }

    private List<AlertStatus> statuses(ExperimentAlertKind kind) {
        return harness.alerts.stream()
                .filter(alert -> alert.getKind() == kind)
                .map(ExperimentAlert::getStatus)
                .toList();
    }
}
