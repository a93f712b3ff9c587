package io.weir.adspend.budget;

import static io.weir.adspend.BudgetBuilder.budget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetHistoryTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-05-01");
    private static final LocalDate SECOND = LocalDate.parse("2026-05-02");
    private static final long NO_MATTER = 0;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // effective_from,         time of the record,       counts from
                "-,                        2026-05-01T10:00:00.000Z, 2026-05-01T10:00:00Z",
                "-,                        2026-05-01T10:00:00.001Z, 2026-05-01T10:01:00Z",
                "-,                        2026-05-01T10:00:59.999Z, 2026-05-01T10:01:00Z",
                "2026-05-01T11:00:00.000Z, 2026-05-01T10:00:00.000Z, 2026-05-01T11:00:00Z",
                "2026-05-01T09:30:00.001Z, 2026-05-01T10:00:00.000Z, 2026-05-01T09:31:00Z",
            })
    void aBudgetCountsFromTheNextWholeMinute(String from, Instant record, Instant expected) {
        BudgetHistory history = BudgetHistory.EMPTY
                .with(budget(1).cap("1").build(), NO_MATTER)
                .with(budget(2).cap("2").from(from).build(), record.toEpochMilli());

        assertThat(history.terms(FIRST).caps())
                .containsExactly(
                        new CapStep(minute("2026-05-01T00:00:00Z"), 1_000_000L),
                        new CapStep(minute(expected.toString()), 2_000_000L));
    }

    @Test
    void theFirstBudgetCoversItsWholeDayAndNoDayBefore() {
        BudgetHistory history =
                BudgetHistory.EMPTY.with(budget(1).from("2026-05-02T15:00:00Z").build(), NO_MATTER);

        assertThat(history.terms(FIRST).at(minute("2026-05-01T23:59:00Z"))).isEmpty();
        assertThat(history.terms(FIRST).currency()).isEmpty();
        assertThat(history.terms(FIRST).caps()).isEmpty();
        assertThat(history.terms(SECOND).at(minute("2026-05-02T00:00:00Z"))).isPresent();
        assertThat(history.terms(SECOND).currency()).contains("EUR");
        assertThat(history.terms(SECOND.plusDays(1)).at(minute("2026-05-03T00:00:00Z")))
                .isPresent();
    }

    @Test
    void aBudgetThatCountsFromMidnightOpensTheDay() {
        BudgetHistory history = BudgetHistory.EMPTY
                .with(budget(1).cap("1").build(), NO_MATTER)
                .with(budget(2).cap("2").from("2026-05-02T00:00:00Z").build(), NO_MATTER);

        assertThat(history.terms(FIRST).caps()).hasSize(1);
        assertThat(history.terms(SECOND).caps())
                .containsExactly(new CapStep(minute("2026-05-02T00:00:00Z"), 2_000_000L));
    }

    @Test
    void ofTwoBudgetsInTheSameMinuteTheHigherVersionCounts() {
        Budget second = budget(2).cap("2").from("2026-05-01T10:00:00Z").build();
        Budget third = budget(3).cap("3").from("2026-05-01T09:59:30Z").build();
        BudgetHistory history = BudgetHistory.EMPTY
                .with(third, NO_MATTER)
                .with(second, NO_MATTER)
                .with(budget(1).build(), NO_MATTER);

        assertThat(history.terms(FIRST).at(minute("2026-05-01T10:00:00Z"))).contains(third);
        assertThat(history.terms(FIRST).caps()).hasSize(2);
    }

    @Test
    void ofTwoRecordsOfAVersionTheLaterCounts() {
        Budget corrected = budget(2).cap("3").from("2026-05-01T11:00:00Z").build();
        BudgetHistory history = BudgetHistory.EMPTY
                .with(budget(1).build(), NO_MATTER)
                .with(corrected, 2)
                .with(budget(2).cap("2").from("2026-05-01T10:00:00Z").build(), 1);

        assertThat(history.terms(FIRST).caps())
                .containsExactly(
                        new CapStep(minute("2026-05-01T00:00:00Z"), null),
                        new CapStep(minute("2026-05-01T11:00:00Z"), 3_000_000L));
    }

    @Test
    void anotherCurrencyWaitsForTheNextDayAndMayStillBeCalledOff() {
        BudgetHistory euro = BudgetHistory.EMPTY.with(budget(1).build(), NO_MATTER);
        BudgetHistory dollar =
                euro.with(budget(2).currency("USD").from("2026-05-01T10:00:00Z").build(), NO_MATTER);
        BudgetHistory euroAgain =
                dollar.with(budget(3).cap("7").from("2026-05-01T20:00:00Z").build(), NO_MATTER);

        assertThat(dollar.terms(FIRST).currency()).contains("EUR");
        assertThat(dollar.terms(FIRST).caps()).hasSize(1);
        assertThat(dollar.terms(SECOND).currency()).contains("USD");
        assertThat(euroAgain.terms(FIRST).caps()).extracting(CapStep::capMicros).containsExactly(null, 7_000_000L);
        assertThat(euroAgain.terms(SECOND).currency()).contains("EUR");
    }

    @Test
    void aCampaignThatABudgetDoesNotNameHasNoCap() {
        BudgetHistory history = BudgetHistory.EMPTY
                .with(budget(1).campaign("lunch", "4", null).build(), NO_MATTER)
                .with(budget(2).from("2026-05-01T10:00:00Z").build(), NO_MATTER);

        assertThat(history.terms(FIRST).caps("lunch"))
                .extracting(CapStep::capMicros)
                .containsExactly(4_000_000L, null);
    }

    @Test
    void negativeAmountsAreRefused() {
        assertThatThrownBy(() -> new Terms(null, -1L, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cpc_micros: expected an amount of 0 or more, found -1");
    }

    private static long minute(String instant) {
        return Instant.parse(instant).getEpochSecond() / 60;
    }
}
