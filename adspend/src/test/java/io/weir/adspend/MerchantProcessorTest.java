package io.weir.adspend;

import static io.weir.adspend.BudgetBuilder.budget;
import static io.weir.adspend.InteractionBuilder.click;
import static io.weir.adspend.InteractionBuilder.impression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.groups.Tuple.tuple;

import io.weir.adspend.hop.MerchantInput.Budgeted;
import io.weir.adspend.hop.MerchantInput.Delivered;
import io.weir.adspend.hop.MerchantInput.Judged;
import io.weir.core.error.DataFaultException;
import io.weir.core.time.StreamClock.Phase;
import io.weir.core.verdict.Finding;
import io.weir.core.verdict.Verdict;
import io.weir.schemas.AdCounts;
import io.weir.schemas.AdInteraction;
import io.weir.schemas.CapStatus;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.LedgerKind;
import io.weir.schemas.SpendNotice;
import io.weir.schemas.Statement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a merchant's one writer says, and when, by the wall clock. */
class MerchantProcessorTest {

    private static final String TEN = "2026-05-01T10:00:00Z";

    private MerchantHarness merchant = at(TEN, Map.of());

    private static MerchantHarness at(String instant, Map<String, String> settings) {
        MerchantHarness harness = new MerchantHarness(Phase.LIVE, settings);
        harness.clock.set(millis(instant));
        return harness;
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    private void give(BudgetBuilder budget) {
        merchant.take(new Budgeted(budget.build(), 0));
    }

    private void give(InteractionBuilder interaction) {
        merchant.take(new Delivered(interaction.build(), false));
    }

    private void judge(String event, String at, Finding finding, String decidedAt) {
        merchant.take(new Judged(event, millis(at), new Verdict("r", 3, finding, false, millis(decidedAt))));
    }

    private void tickAt(String instant) {
        merchant.clock.set(millis(instant));
        merchant.tick();
    }

    /** Scope, state, cap, billed, remaining, sequence, cause, caused by. */
    private List<String> caps() {
        return merchant.given(CapStatus.class).stream()
                .map(c -> "%s %s %s %s %s %s #%d %s %s"
                        .formatted(
                                c.getCampaignId() == null ? "merchant" : c.getCampaignId(),
                                c.getDay(),
                                c.getState(),
                                c.getCapMicros(),
                                c.getBilledMicros(),
                                c.getRemainingMicros(),
                                c.getSequence(),
                                c.getCause(),
                                c.getCausedBy()))
                .toList();
    }

    /** Day, kind, nanos, cause. */
    private List<String> ledger() {
        return merchant.given(LedgerEntry.class).stream()
                .map(e -> "%s %s %d %s%s"
                        .formatted(
                                e.getDay(),
                                e.getKind(),
                                e.getAmountNanos(),
                                e.getEventId() == null ? "budget " + e.getBudgetVersion() : e.getEventId(),
                                e.getAdjustedDay() == null ? "" : " of " + e.getAdjustedDay()))
                .toList();
    }

    @Test
    void aCapOfTwoAndAHalfAtTwoAClickIsReachedByTheSecond() {
        give(budget(1).cap("2.50").cpc("2"));
        give(click("c1"));
        give(click("c2"));
        give(click("c3"));

        assertThat(caps())
                .containsExactly(
                        "merchant 2026-05-01 OPEN 2500000 0 2500000 #1 FIRST_SEEN 1",
                        "merchant 2026-05-01 CAPPED 2500000 2500000 0 #2 SPEND c2");
        assertThat(ledger())
                .containsExactly(
                        "2026-05-01 CHARGE 2000000000 c1",
                        "2026-05-01 CHARGE 500000000 c2",
                        "2026-05-01 ABSORB 1500000000 c2",
                        "2026-05-01 ABSORB 2000000000 c3");
    }

    @Test
    void aThousandthOfACpmIsOneImpressionAndARaiseReleasesOneMore() {
        give(budget(1).cap("0.000001").cpm("0.001"));
        give(impression("i1"));
        give(impression("i2"));
        give(budget(2).cap("0.000002").cpm("0.001"));

        assertThat(caps())
                .containsExactly(
                        "merchant 2026-05-01 OPEN 1 0 1 #1 FIRST_SEEN 1",
                        "merchant 2026-05-01 CAPPED 1 1 0 #2 SPEND i1");
        assertThat(ledger())
                .containsExactly(
                        "2026-05-01 CHARGE 1000 i1",
                        "2026-05-01 ABSORB 1000 i2",
                        "2026-05-01 CHARGE 1000 budget 2",
                        "2026-05-01 ABSORB -1000 budget 2");
    }

    @Test
    void aRaiseOpensAtOnceAndBillsWhatTheLowerCapAbsorbed() {
        give(budget(1).cap("2").cpc("2"));
        give(click("c1"));
        give(click("c2"));
        caps();
        ledger();

        give(budget(2).cap("10").cpc("2"));

        assertThat(caps()).containsExactly("merchant 2026-05-01 OPEN 10000000 4000000 6000000 #3 BUDGET_CHANGE 2");
        assertThat(ledger())
                .containsExactly("2026-05-01 CHARGE 2000000000 budget 2", "2026-05-01 ABSORB -2000000000 budget 2");
    }

    @Test
    void spentAHundredAndThreeWhenTheCapIsCutToTenStaysBilled() {
        give(budget(1).cap("1000").cpc("1"));
        for (int i = 0; i < 103; i++) {
            give(click("c" + i).at("2026-05-01T09:30:00Z"));
        }
        caps();
        ledger();

        give(budget(2).cap("10").cpc("1").from(TEN));
        give(click("after").at("2026-05-01T10:00:01Z"));

        assertThat(caps()).containsExactly("merchant 2026-05-01 CAPPED 10000000 103000000 0 #2 BUDGET_CHANGE 2");
        assertThat(ledger()).containsExactly("2026-05-01 ABSORB 1000000000 after");
    }

    @Test
    void aVerdictCreditsAndOpensAndItsClearingChargesAgainAsAnEntryOfItsOwn() {
        give(budget(1).cap("2.50").cpc("2"));
        give(click("c1"));
        give(click("c2"));
        caps();
        Set<String> ids = new HashSet<>();
        merchant.given(LedgerEntry.class).forEach(entry -> ids.add(entry.getEntryId()));

        judge("c1", TEN, Finding.INVALID, "2026-05-01T10:00:01Z");
        assertThat(caps()).containsExactly("merchant 2026-05-01 OPEN 2500000 2000000 500000 #3 CREDIT c1");
        List<LedgerEntry> given = merchant.given(LedgerEntry.class);
        given.forEach(entry -> assertThat(entry.getRule()).isEqualTo("r"));
        given.forEach(entry -> ids.add(entry.getEntryId()));

        judge("c1", TEN, Finding.CLEARED, "2026-05-01T10:00:02Z");
        assertThat(caps()).containsExactly("merchant 2026-05-01 CAPPED 2500000 2500000 0 #4 CREDIT c1");
        List<LedgerEntry> cleared = merchant.given(LedgerEntry.class);
        cleared.forEach(entry -> ids.add(entry.getEntryId()));
        assertThat(ids).hasSize(3 + 3 + 3);
        assertThat(given)
                .extracting(LedgerEntry::getAmountNanos)
                .containsExactly(-500_000_000L, -1_500_000_000L, 2_000_000_000L);
        assertThat(cleared)
                .extracting(LedgerEntry::getAmountNanos)
                .containsExactly(500_000_000L, 1_500_000_000L, -2_000_000_000L);
    }

    @Test
    void underThePolicyCreditOnlyACreditLeavesTheCapReached() {
        merchant = at(TEN, Map.of("weir.adspend.reopen", "credit-only"));
        give(budget(1).cap("2").cpc("2"));
        give(click("c1"));
        caps();

        judge("c1", TEN, Finding.INVALID, "2026-05-01T10:00:01Z");

        assertThat(caps()).isEmpty();
        assertThat(ledger())
                .containsExactly(
                        "2026-05-01 CHARGE 2000000000 c1",
                        "2026-05-01 CREDIT -2000000000 c1",
                        "2026-05-01 INVALID 2000000000 c1");
    }

    @Test
    void aCreditOfLessThanAHundredthAndLessThanTheLastPriceDoesNotOpen() {
        give(budget(1).cap("1000").cpc("1"));
        give(click("small").price("0.50", "EUR"));
        for (int i = 0; i < 100; i++) {
            give(click("c" + i).price("10", "EUR"));
        }
        caps();

        judge("small", TEN, Finding.INVALID, "2026-05-01T10:00:01Z");
        assertThat(caps()).isEmpty();

        judge("c1", TEN, Finding.INVALID, "2026-05-01T10:00:02Z");
        assertThat(caps()).containsExactly("merchant 2026-05-01 OPEN 1000000000 990000000 10000000 #3 CREDIT c1");
    }

    @Test
    void aVerdictBeforeItsInteractionIsWaitedFor() {
        give(budget(1).cpc("2"));
        judge("c1", TEN, Finding.INVALID, "2026-05-01T10:00:01Z");
        give(click("c1"));

        assertThat(ledger()).containsExactly("2026-05-01 INVALID 2000000000 c1");
    }

    @Test
    void aCapOfNothingIsReachedFromTheStartAndStaysSoOverMidnight() {
        give(budget(1).cap("0").cpc("2"));
        tickAt("2026-05-02T00:00:01Z");

        assertThat(caps()).containsExactly("merchant 2026-05-01 CAPPED 0 0 0 #1 FIRST_SEEN 1");
    }

    @Test
    void aCampaignsCapIsItsOwnAndIsUnderTheMerchants() {
        give(budget(1).cap("1000").cpc("2").campaign("lunch", "10", null));
        for (int i = 0; i < 50; i++) {
            give(click("c" + i).campaign("lunch"));
        }

        assertThat(caps())
                .containsExactly(
                        "merchant 2026-05-01 OPEN 1000000000 0 1000000000 #1 FIRST_SEEN 1",
                        "lunch 2026-05-01 OPEN 10000000 0 10000000 #1 FIRST_SEEN 1",
                        "lunch 2026-05-01 CAPPED 10000000 10000000 0 #2 SPEND c4");
        tickAt("2026-05-02T02:00:00Z");
        Statement statement = merchant.given(Statement.class).get(0);
        assertThat(statement.getBilledMicros()).isEqualTo(10_000_000);
        assertThat(statement.getAbsorbedMicros()).isEqualTo(90_000_000);
        assertThat(statement.getMerchantAbsorbedMicros()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Asia/Jakarta",
                "Asia/Kolkata",
                "Asia/Kathmandu",
                "Australia/Lord_Howe",
                "America/St_Johns",
                "Pacific/Kiritimati",
                "Pacific/Pago_Pago",
                "Europe/Paris"
            })
    void everyLocalMidnightOpensOnceByTheClockAlone(String zone) {
        give(budget(1).cap("2").cpc("2").zone(zone));
        give(click("c1"));
        caps();

        int opened = 0;
        String firstOpened = null;
        for (long now = millis(TEN); now < millis(TEN) + Duration.ofDays(3).toMillis(); now += 60_000) {
            merchant.clock.set(now);
            merchant.tick();
            List<CapStatus> given = merchant.given(CapStatus.class);
            if (!given.isEmpty()) {
                opened += given.size();
                firstOpened = Instant.ofEpochMilli(now).atZone(ZoneId.of(zone)).toLocalTime() + " "
                        + given.get(0).getCause() + " "
                        + given.get(0).getState();
            }
        }

        assertThat(opened).isEqualTo(1);
        assertThat(firstOpened).isEqualTo("00:00 DAY_ROLLOVER OPEN");
    }

    @Test
    void lateDeliveryOfYesterdayNeverChangesServing() {
        merchant = at("2026-05-01T23:59:00Z", Map.of());
        give(budget(1).cap("2").cpc("2"));
        tickAt("2026-05-02T00:10:00Z");
        caps();

        give(click("yesterday").at("2026-05-01T23:58:00Z"));

        assertThat(caps()).isEmpty();
        assertThat(ledger()).containsExactly("2026-05-01 CHARGE 2000000000 yesterday");
    }

    @Test
    void aPlannedRaiseOpensAtItsMinuteWithNoTraffic() {
        give(budget(1).cap("2").cpc("2"));
        give(click("c1"));
        give(click("c2"));
        give(budget(2).cap("10").cpc("2").from("2026-05-01T18:00:00Z"));
        caps();
        ledger();

        tickAt("2026-05-01T17:59:59Z");
        assertThat(caps()).isEmpty();
        tickAt("2026-05-01T18:00:00Z");

        assertThat(caps()).containsExactly("merchant 2026-05-01 OPEN 10000000 4000000 6000000 #3 BUDGET_CHANGE 2");
        assertThat(ledger())
                .containsExactly("2026-05-01 CHARGE 2000000000 budget 2", "2026-05-01 ABSORB -2000000000 budget 2");
    }

    @Test
    void theFirstBudgetCoversTheWholeOpenDayAlsoWhatCameBeforeIt() {
        give(click("early").at("2026-05-01T00:30:00Z"));
        give(click("c1"));
        assertThat(ledger()).isEmpty();

        give(budget(1).cap("3").cpc("2").zone("Europe/Paris").from(TEN));

        assertThat(caps()).containsExactly("merchant 2026-05-01 CAPPED 3000000 3000000 0 #1 FIRST_SEEN 1");
        assertThat(ledger())
                .containsExactly(
                        "2026-05-01 ABSORB 2000000000 c1",
                        "2026-05-01 ABSORB 2000000000 early",
                        "2026-05-01 CHARGE 3000000000 budget 1",
                        "2026-05-01 ABSORB -3000000000 budget 1");
    }

    @Test
    void partsOfACapAreNoticedOnce() {
        give(budget(1).cap("10").cpc("1"));
        for (int i = 0; i < 12; i++) {
            give(click("c" + i));
        }

        assertThat(merchant.given(SpendNotice.class))
                .extracting(SpendNotice::getPercent)
                .containsExactly(50, 80, 90, 100);
    }

    @Test
    void aDayIsStatedTwoHoursAfterItsMidnightAndStands() {
        give(budget(1).cap("3").cpc("2").zone("Asia/Jakarta"));
        give(click("c1"));
        give(click("c2"));
        give(impression("i1"));

        tickAt("2026-05-01T18:59:59Z");
        assertThat(merchant.given(Statement.class)).isEmpty();
        tickAt("2026-05-01T19:00:00Z");
        tickAt("2026-05-01T19:00:01Z");

        List<Statement> statements = merchant.given(Statement.class);
        assertThat(statements).hasSize(1);
        Statement statement = statements.get(0);
        assertThat(statement.getDay()).isEqualTo("2026-05-01");
        assertThat(statement.getTimeZone()).isEqualTo("Asia/Jakarta");
        assertThat(statement.getClicks()).isEqualTo(2);
        assertThat(statement.getImpressions()).isEqualTo(1);
        assertThat(statement.getUnpriced()).isEqualTo(1);
        assertThat(statement.getBilledMicros()).isEqualTo(3_000_000);
        assertThat(statement.getAbsorbedMicros()).isEqualTo(1_000_000);
        assertThat(statement.getEntries()).isEqualTo(3);
        assertThat(statement.getFinal$()).isTrue();
        assertThat(statement.getFirstEventAt()).isEqualTo(Instant.parse(TEN));
    }

    @Test
    void whatComesAfterTheStatementIsOnTheNextOneWhichADayWithNothingElseGetsToo() {
        give(budget(1).cpc("2"));
        give(click("c1"));
        give(click("c2"));
        tickAt("2026-05-02T02:00:00Z");
        merchant.given(Statement.class);
        ledger();

        give(click("late").at("2026-05-01T11:00:00Z"));
        judge("c1", TEN, Finding.INVALID, "2026-05-02T02:00:01Z");
        judge("c2", TEN, Finding.INVALID, "2026-05-02T02:00:02Z");
        tickAt("2026-05-03T02:00:00Z");

        assertThat(ledger())
                .containsExactly(
                        "2026-05-02 ADJUSTMENT 2000000000 late of 2026-05-01",
                        "2026-05-02 ADJUSTMENT -2000000000 c1 of 2026-05-01",
                        "2026-05-02 ADJUSTMENT -2000000000 c2 of 2026-05-01");
        List<Statement> statements = merchant.given(Statement.class);
        assertThat(statements).hasSize(1);
        assertThat(statements.get(0).getDay()).isEqualTo("2026-05-02");
        assertThat(statements.get(0).getAdjustmentMicros()).isEqualTo(-2_000_000);
        assertThat(statements.get(0).getBilledMicros()).isZero();
        assertThat(statements.get(0).getEntries()).isEqualTo(3);
    }

    @Test
    void aBudgetNeverChangesAClosedDay() {
        give(budget(1).cap("2").cpc("2"));
        give(click("c1"));
        give(click("c2"));
        tickAt("2026-05-02T02:00:00Z");
        ledger();

        give(budget(2).cap("100").cpc("5").from("2026-05-01T00:00:00Z"));
        give(click("late").at("2026-05-01T11:00:00Z"));

        assertThat(ledger()).isEmpty();
    }

    @Test
    void noDayIsClosedWhileThereIsInputToRead() {
        give(budget(1).cpc("2"));
        give(click("c1"));
        merchant.caughtUp = false;
        tickAt("2026-05-02T02:00:00Z");
        assertThat(merchant.given(Statement.class)).isEmpty();

        give(click("c2").at("2026-05-01T11:00:00Z"));
        merchant.caughtUp = true;
        tickAt("2026-05-02T02:00:05Z");

        assertThat(merchant.given(Statement.class))
                .extracting(Statement::getClicks)
                .containsExactly(2L);
    }

    @Test
    void whatIsTooLateIsSaidAndNeverBilled() {
        give(budget(1).cpc("2"));
        merchant.take(new Delivered(click("late").at("2026-04-27T10:00:00Z").build(), true));
        give(click("c1"));
        ledger();
        judge("c1", TEN, Finding.INVALID, "2026-05-04T10:00:01Z");

        assertThat(merchant.given(AdInteraction.class))
                .extracting(AdInteraction::getEventId, AdInteraction::getLateVerdict)
                .containsExactly(tuple("late", null), tuple("c1", "r"));
        assertThat(ledger()).isEmpty();
    }

    @Test
    void aMinuteIsCountedWhenItHasPassedAndAgainTenSecondsAfterItChangesAtMost() {
        give(budget(1).cpc("2"));
        give(click("c1").campaign("a"));
        give(click("c2").campaign("a").bot());
        give(click("c3"));
        tickAt("2026-05-01T10:00:59Z");
        assertThat(merchant.given(AdCounts.class)).isEmpty();

        tickAt("2026-05-01T10:01:00Z");
        assertThat(counts()).containsExactly("null 1 0 2000000", "a 2 1 2000000");

        judge("c1", TEN, Finding.INVALID, "2026-05-01T10:05:00Z");
        give(click("c4").campaign("a"));
        tickAt("2026-05-01T10:01:09.999Z");
        assertThat(counts()).isEmpty();
        tickAt("2026-05-01T10:01:10Z");
        assertThat(counts()).containsExactly("a 3 2 2000000");
        give(budget(2).cpc("3").from("2026-05-01T10:00:00Z"));
        tickAt("2026-05-01T10:01:20Z");
        assertThat(counts()).containsExactly("null 1 0 3000000", "a 3 2 3000000");
    }

    private List<String> counts() {
        return merchant.given(AdCounts.class).stream()
                .map(c ->
                        c.getCampaignId() + " " + c.getClicks() + " " + c.getInvalidClicks() + " " + c.getSpendMicros())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"2019-03-31, 23", "2019-10-27, 25"})
    void aDayOfParisHasAsManyHoursAsItsClocks(String day, int hours) {
        merchant = at(day + "T12:00:00Z", Map.of());
        give(budget(1).cpc("1").zone("Europe/Paris"));
        Instant first = Instant.parse(day + "T00:00:00Z").minus(Duration.ofHours(4));
        for (int hour = 0; hour < 36; hour++) {
            give(click("c" + hour).at(first.plus(Duration.ofHours(hour)).toString()));
        }
        merchant.clock.pass(Duration.ofDays(3).toMillis());
        merchant.tick();

        assertThat(merchant.given(Statement.class))
                .filteredOn(statement -> statement.getDay().equals(day))
                .extracting(Statement::getClicks)
                .containsExactly((long) hours);
    }

    @Test
    void aMoveFromUtcToNewYorkBillsEveryEventOnce() {
        give(budget(1).cpc("1"));
        give(click("c1"));
        give(budget(2).cpc("1").zone("America/New_York").from("2026-05-01T12:00:00Z"));
        for (int hour = 0; hour < 60; hour++) {
            give(click("h" + hour)
                    .at(Instant.parse(TEN).plus(Duration.ofHours(hour)).toString()));
        }
        merchant.clock.set(millis("2026-05-06T00:00:00Z"));
        merchant.tick();

        List<Statement> statements = merchant.given(Statement.class);
        assertThat(statements).extracting(Statement::getDay).doesNotHaveDuplicates();
        assertThat(statements.stream().mapToLong(Statement::getClicks).sum()).isEqualTo(61);
        assertThat(statements.stream().mapToLong(Statement::getBilledMicros).sum())
                .isEqualTo(61_000_000);
    }

    @Test
    void anotherCurrencyIsNotBilledAndIsCounted() {
        give(budget(1).cpc("2").currency("EUR"));
        give(click("c1").price("5", "USD"));
        tickAt("2026-05-02T02:00:00Z");

        Statement statement = merchant.given(Statement.class).get(0);
        assertThat(statement.getCurrencyMismatches()).isEqualTo(1);
        assertThat(statement.getGrossMicros()).isZero();
    }

    @Test
    void anInteractionIsCountedOnceHoweverOftenItComes() {
        give(budget(1).cpc("2"));
        give(click("c1"));
        merchant.restart();
        give(click("c1"));

        assertThat(ledger()).containsExactly("2026-05-01 CHARGE 2000000000 c1");
    }

    @Test
    void whatIsOldLeavesTheStores() {
        give(budget(1).cap("2").cpc("2").campaign("lunch", "1", null));
        give(click("c1").campaign("lunch"));
        give(click("c2"));
        assertThat(merchant.entries("adspend-days")).isEqualTo(3);
        assertThat(merchant.entries("adspend-minutes")).isEqualTo(2);

        tickAt("2026-05-04T02:00:01Z");
        tickAt("2026-05-05T02:00:01Z");
        assertThat(merchant.entries("adspend-minutes")).isZero();
        tickAt("2026-06-06T00:00:01Z");

        assertThat(merchant.entries("adspend-days")).isZero();
        // The next midnight.
        assertThat(merchant.entries("adspend-timers")).isEqualTo(1);
    }

    @Test
    void aDayThatWouldNotFitIsRefusedAndChangesNothing() {
        give(budget(1).cpc("2"));
        for (int i = 0; i < 922; i++) {
            give(click("c" + i).price("10000000", "EUR"));
        }
        ledger();

        assertThat(catchThrowable(() -> give(click("more").price("10000000", "EUR"))))
                .isInstanceOf(DataFaultException.class);
        give(click("small"));
        assertThat(ledger()).containsExactly("2026-05-01 CHARGE 2000000000 small");
    }

    @Test
    void aBudgetSentAgainLaterChangesNothingAlsoOnClosedDays() {
        give(budget(1).cap("10").cpc("1"));
        merchant.take(new Budgeted(budget(2).cap("5").cpc("1").from(null).build(), millis("2026-05-01T09:00:00Z")));
        give(click("c1").at("2026-05-01T09:30:00Z"));
        tickAt("2026-05-02T02:00:00Z");
        merchant.given(Statement.class);
        ledger();

        merchant.take(new Budgeted(budget(2).cap("5").cpc("1").from(null).build(), millis("2026-05-02T09:00:30Z")));
        give(click("late").at("2026-05-01T09:31:00Z"));
        judge("c1", "2026-05-01T09:30:00Z", Finding.INVALID, "2026-05-02T09:01:00Z");

        assertThat(ledger())
                .containsExactly(
                        "2026-05-02 ADJUSTMENT 1000000000 late of 2026-05-01",
                        "2026-05-02 ADJUSTMENT -1000000000 c1 of 2026-05-01");
    }

    @Test
    void aKnownVersionWithOtherTermsIsRefused() {
        give(budget(1).cpc("1"));

        assertThat(catchThrowable(() -> give(budget(1).cpc("2"))))
                .isInstanceOf(DataFaultException.class)
                .hasMessageContaining("version")
                .hasMessageContaining("give it a higher one");
    }

    @Test
    void nothingOfADayIsForgottenBeforeItIsClosed() {
        give(budget(1).cap("100").cpc("1"));
        give(click("c1"));
        merchant.caughtUp = false;
        tickAt("2026-06-20T00:00:00Z");
        give(click("c2"));
        give(budget(2).cap("50").cpc("1"));
        merchant.caughtUp = true;
        tickAt("2026-06-20T00:00:01Z");

        List<Statement> statements = merchant.given(Statement.class);
        assertThat(statements).extracting(Statement::getClicks).containsExactly(2L);
        assertThat(statements).extracting(Statement::getBilledMicros).containsExactly(2_000_000L);
        tickAt("2026-06-20T02:00:00Z");
        assertThat(merchant.entries("adspend-days")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"3h, 2026-05-02T03:00:00Z", "30m, 2026-05-02T02:00:00Z"})
    void anotherCloseAfterClosesTheDaysThatAreOpen(String closeAfter, String closes) {
        give(budget(1).cpc("2"));
        give(click("c1"));
        merchant.restartWith(Map.of("weir.adspend.close-after", closeAfter));

        tickAt("2026-05-02T02:00:00Z");
        tickAt(closes);

        assertThat(merchant.given(Statement.class)).hasSize(1);
    }

    @Test
    void aPlannedBudgetThatWouldNotFitDoesNotTakeEffectAndStopsNothing() {
        for (int i = 0; i < 1_000; i++) {
            give(click("c" + i));
        }
        give(budget(1).cpc("10000000").from("2026-05-01T11:00:00Z"));
        give(budget(2).cpc("1").from("2026-05-01T12:00:00Z"));

        tickAt("2026-05-01T11:00:00Z");
        tickAt("2026-05-01T12:00:00Z");
        tickAt("2026-05-02T02:00:00Z");

        assertThat(merchant.given(Statement.class))
                .extracting(Statement::getBilledMicros)
                .containsExactly(1_000_000_000L);
    }

    @Test
    void anotherCurrencyForTheOpenDayTakesBackTheOldOneAndBillsAnew() {
        give(budget(1).cpc("1"));
        give(click("c1"));
        give(click("c2"));
        give(budget(2).cpc("1.1").currency("USD").from("2026-05-01T00:00:00Z"));

        long euros = 0;
        long dollars = 0;
        for (LedgerEntry entry : merchant.given(LedgerEntry.class)) {
            boolean billed = entry.getKind() == LedgerKind.CHARGE || entry.getKind() == LedgerKind.CREDIT;
            euros += billed && entry.getCurrency().equals("EUR") ? entry.getAmountNanos() : 0;
            dollars += billed && entry.getCurrency().equals("USD") ? entry.getAmountNanos() : 0;
        }
        assertThat(euros).isZero();
        assertThat(dollars).isEqualTo(2_200_000_000L);
    }

    /** What was credited in euros went with what had been billed in euros. */
    @Test
    void aStatementInAnotherCurrencyHasNoCreditsOfTheOldOne() {
        give(budget(1).cpc("1"));
        give(click("c1"));
        judge("c1", TEN, Finding.INVALID, "2026-05-01T10:00:01Z");
        give(budget(2).cpc("2").currency("USD").from("2026-05-01T00:00:00Z"));
        give(click("c2"));
        tickAt("2026-05-02T02:00:00Z");

        assertThat(merchant.given(Statement.class))
                .extracting(Statement::getCurrency, Statement::getBilledMicros, Statement::getCreditMicros)
                .containsExactly(tuple("USD", 2_000_000L, 0L));
    }

    @Test
    void aDayWithCorrectionsKeepsItsCurrency() {
        give(budget(1).cpc("1"));
        give(click("c1"));
        tickAt("2026-05-02T02:00:00Z");
        judge("c1", TEN, Finding.INVALID, "2026-05-02T03:00:00Z");
        ledger();

        assertThat(catchThrowable(() -> give(budget(2).cpc("2").currency("USD").from("2026-05-02T00:00:00Z"))))
                .isInstanceOf(DataFaultException.class)
                .hasMessageContaining("currency")
                .hasMessageContaining("in EUR on 2026-05-02");
        give(click("c2").at("2026-05-02T04:00:00Z"));
        assertThat(ledger()).containsExactly("2026-05-02 CHARGE 1000000000 c2");

        give(budget(3).cpc("2").currency("USD").from("2026-05-02T12:00:00Z"));
        tickAt("2026-05-03T02:00:00Z");
        assertThat(merchant.given(Statement.class))
                .extracting(Statement::getCurrency, Statement::getBilledMicros, Statement::getAdjustmentMicros)
                .containsExactly(tuple("EUR", 1_000_000L, 0L), tuple("EUR", 1_000_000L, -1_000_000L));
    }

    @Test
    void aCorrectionThatNoStatementTakesIsSaidToBeLate() {
        give(budget(1).cpc("1"));
        give(budget(2).cpc("2").currency("USD").from("2026-05-02T00:00:00Z"));
        give(click("c1"));
        tickAt("2026-05-02T02:00:00Z");
        ledger();

        give(click("late").at("2026-05-01T11:00:00Z"));
        judge("c1", TEN, Finding.INVALID, "2026-05-02T03:00:00Z");

        assertThat(ledger()).isEmpty();
        assertThat(merchant.given(AdInteraction.class))
                .extracting(AdInteraction::getEventId, AdInteraction::getLateVerdict)
                .containsExactly(tuple("late", null), tuple("c1", "r"));
    }

    /** Or who was never credited would pay twice, and who never paid would be credited. */
    @Test
    void theEndOfACorrectionThatNoStatementTookChangesNothingEither() {
        give(budget(1).cpc("1"));
        give(budget(2).cpc("2").currency("USD").from("2026-05-02T00:00:00Z"));
        give(budget(3).cpc("1").from("2026-05-03T00:00:00Z"));
        give(click("c1"));
        tickAt("2026-05-02T02:00:00Z");
        give(click("late").at("2026-05-01T11:00:00Z"));
        judge("c1", TEN, Finding.INVALID, "2026-05-02T03:00:00Z");
        tickAt("2026-05-03T02:00:00Z");
        ledger();

        judge("c1", TEN, Finding.CLEARED, "2026-05-03T03:00:00Z");
        judge("late", "2026-05-01T11:00:00Z", Finding.INVALID, "2026-05-03T03:00:00Z");
        assertThat(ledger()).isEmpty();

        judge("c1", TEN, Finding.INVALID, "2026-05-03T04:00:00Z");
        assertThat(ledger()).containsExactly("2026-05-03 ADJUSTMENT -1000000000 c1 of 2026-05-01");
    }

    /** A merchant of whom nothing is delivered has no days that would take them along. */
    @Test
    void versionsOfABudgetThatNoDayNeedsAreForgotten() {
        for (int day = 0; day < 100; day++) {
            merchant.clock.set(millis("2026-05-01T00:00:00Z") + day * 86_400_000L);
            give(budget(1 + day).cpc("1"));
        }

        assertThat(merchant.bytes("adspend-merchants")).isLessThan(45 * 60L);
    }

    @Test
    void aMerchantWhoseBudgetChangesTooOftenIsRefusedAndNobodyElseIs() {
        merchant.clock.set(millis(TEN));
        assertThatThrownBy(() -> {
                    for (int version = 1; version < 1_000; version++) {
                        BudgetBuilder large = budget(version).cpc("1");
                        for (int campaign = 0; campaign < 200; campaign++) {
                            large.campaign("campaign-" + campaign, "5", null);
                        }
                        give(large);
                    }
                })
                .isInstanceOf(DataFaultException.class)
                .hasMessageContaining("come to more than 1 MiB");
        give(click("c1"));
        assertThat(ledger()).hasSize(1);
    }

    /** Of the day before the first budget nothing was billed: a zone that is corrected later may still move its border. */
    @Test
    void aFirstZoneThatIsCorrectedBillsEveryClickOnce() {
        give(click("c0").at("2026-05-01T10:00:00Z"));
        merchant.clock.set(millis("2026-05-02T00:00:00Z"));
        give(budget(1).cpc("1").zone("UTC").from("2026-05-02T00:00:00Z"));
        tickAt("2026-05-02T02:00:00Z");
        give(click("x1").at("2026-05-02T03:00:00Z"));
        tickAt("2026-05-02T15:00:00Z");
        give(budget(2).cpc("1").zone("America/Los_Angeles").from("2026-05-02T00:00:00Z"));
        tickAt("2026-05-02T15:00:01Z");
        tickAt("2026-05-03T09:00:00Z");

        List<Statement> statements = merchant.given(Statement.class);
        assertThat(statements).extracting(Statement::getDay).startsWith("2026-05-01");
        assertThat(statements.stream().mapToLong(Statement::getClicks).sum()).isEqualTo(2);
        assertThat(statements.stream().mapToLong(Statement::getBilledMicros).sum())
                .isEqualTo(2_000_000);
    }

    /** Minutes of a day that no budget covers are forgotten three days after it. */
    @Test
    void aFirstBudgetOfLongAgoBillsTheDaysOfWhichAllIsKnown() {
        for (int day = 1; day <= 6; day++) {
            tickAt("2026-05-0%dT12:00:00Z".formatted(day));
            give(click("c" + day).at("2026-05-0%dT12:00:00Z".formatted(day)));
        }
        give(budget(1).cpc("1").zone("America/Los_Angeles").from("2026-05-01T00:00:00Z"));
        tickAt("2026-05-07T09:00:00Z");

        assertThat(merchant.given(Statement.class))
                .extracting(Statement::getDay, Statement::getBilledMicros)
                .containsExactly(
                        tuple("2026-05-03", 1_000_000L),
                        tuple("2026-05-04", 1_000_000L),
                        tuple("2026-05-05", 1_000_000L),
                        tuple("2026-05-06", 1_000_000L));
    }

    /** One by one they would take longer than a transaction may. */
    @Test
    void aBudgetOverVeryManyInteractionsIsEnteredWithTheirSum() {
        for (int i = 0; i < 50_001; i++) {
            give(click("c" + i));
        }
        give(budget(1).cap("100").cpc("1"));
        give(budget(2).cap("100").cpc("2").currency("USD").from("2026-05-01T00:00:00Z"));

        assertThat(ledger())
                .containsExactly(
                        "2026-05-01 CHARGE 100000000000 budget 1",
                        "2026-05-01 ABSORB 49901000000000 budget 1",
                        "2026-05-01 CREDIT -100000000000 budget 2",
                        "2026-05-01 ABSORB -49901000000000 budget 2",
                        "2026-05-01 CHARGE 100000000000 budget 2",
                        "2026-05-01 ABSORB 99902000000000 budget 2");
        judge("c7", TEN, Finding.INVALID, "2026-05-01T10:00:01Z");
        tickAt("2026-05-02T02:00:00Z");
        Statement statement = merchant.given(Statement.class).get(0);
        assertThat(statement.getBilledMicros()).isEqualTo(100_000_000);
        assertThat(statement.getAbsorbedMicros()).isEqualTo(99_900_000_000L);
        assertThat(statement.getInvalidMicros()).isEqualTo(2_000_000);
    }

    /** Readers keep one of each id: what is written again must have the one that it had. */
    @Test
    void anEntryIsNamedByWhatItIsFor() {
        give(budget(7).cap("2.50").cpc("2"));
        give(click("c1"));
        give(click("c2"));
        give(budget(8).cap("4").cpc("2"));

        assertThat(merchant.given(LedgerEntry.class))
                .extracting(LedgerEntry::getEntryId)
                .containsExactly(
                        named("m|1", "event", "c1", "CHARGE", "1"),
                        named("m|1", "event", "c2", "CHARGE", "1"),
                        named("m|1", "event", "c2", "ABSORB", "1"),
                        named("m|1", "budget", "2026-05-01", "8", "CHARGE", "1"),
                        named("m|1", "budget", "2026-05-01", "8", "ABSORB", "1"));
    }

    private static String named(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("\0", parts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Test
    void aVerdictOfTheFutureIsRefusedAndLeavesEverythingElseAsItIs() {
        give(budget(1).cpc("1"));
        give(click("c1"));
        assertThat(catchThrowable(() -> judge("zz", "2036-05-01T10:00:00Z", Finding.INVALID, TEN)))
                .isInstanceOf(DataFaultException.class);
        give(click("c1"));
        judge("c1", TEN, Finding.INVALID, TEN);

        assertThat(ledger())
                .containsExactly(
                        "2026-05-01 CHARGE 1000000000 c1",
                        "2026-05-01 CREDIT -1000000000 c1",
                        "2026-05-01 INVALID 1000000000 c1");
    }

    @Test
    void inRecordedInputAVerdictIsDatedByTheInputThatWasReached() {
        merchant = new MerchantHarness(Phase.HELD, Map.of());
        give(budget(1).cpc("1"));
        give(click("c1"));
        judge("c1", TEN, Finding.INVALID, TEN);

        assertThat(merchant.given(LedgerEntry.class))
                .extracting(LedgerEntry::getDecidedAt)
                .containsOnly(Instant.parse(TEN));
    }

    @Test
    void aCampaignThatComesBackGoesOnAboveItsOldSequence() {
        give(budget(1).cpc("1").campaign("lunch", "1", null));
        give(click("c1").campaign("lunch"));
        give(budget(2).cpc("1"));
        tickAt("2026-05-02T00:00:00Z");
        caps();

        give(budget(3).cpc("1").campaign("lunch", "1", null));

        assertThat(caps()).containsExactly("lunch 2026-05-02 OPEN 1000000 0 1000000 #4 FIRST_SEEN 3");
    }
}
