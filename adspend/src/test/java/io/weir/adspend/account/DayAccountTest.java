package io.weir.adspend.account;

import static io.weir.adspend.BudgetBuilder.budget;
import static io.weir.adspend.BudgetBuilder.micros;
import static io.weir.adspend.InteractionBuilder.click;
import static io.weir.adspend.InteractionBuilder.completedView;
import static io.weir.adspend.InteractionBuilder.impression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.adspend.InteractionBuilder;
import io.weir.adspend.Merchant;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of a day, one by one; amounts in currency units. */
class DayAccountTest {

    @ParameterizedTest
    @CsvSource({
        // spent before 10:00, before 12:00, after;  billed, absorbed
        // Spent by 12:00 is more than the second cap: the cut leaves that cap.
        " 8, 60,  0, 50, 18",
        // Spent by 12:00 is below the second cap and above the third: it stays billed, and nothing more is.
        " 8, 20, 40, 28, 40",
        // The raise bills what the first cap had absorbed.
        "15, 20,  0, 35,  0",
        // Spent is below all.
        " 1,  1, 40,  5, 37",
        "10,  0,  0, 10,  0",
    })
    void budgetTenThenFiftyThenFive(int first, int second, int third, String billed, String absorbed) {
        Merchant merchant = new Merchant()
                .budget(budget(1).cap("10").cpc("1"))
                .budget(budget(2).cap("50").cpc("1").from("2026-05-01T10:00:00Z"))
                .budget(budget(3).cap("5").cpc("1").from("2026-05-01T12:00:00Z"));

        clicks(merchant, first, "2026-05-01T09:59:59.999Z");
        clicks(merchant, second, "2026-05-01T11:59:59.999Z");
        clicks(merchant, third, "2026-05-01T12:00:00Z");

        assertBilled(merchant.totals().merchant(), billed, absorbed, "0");
    }

    @Test
    void whatWasSpentWhenACapCameStaysBilled() {
        Merchant merchant = new Merchant()
                .budget(budget(1).cpc("1"))
                .budget(budget(2).cap("10").cpc("1").from("2026-05-01T10:00:00Z"));

        clicks(merchant, 103, "2026-05-01T09:30:00Z");
        clicks(merchant, 7, "2026-05-01T10:00:00Z");

        assertBilled(merchant.totals().merchant(), "103", "7", "0");
    }

    @Test
    void aBudgetOfOneAllowsOneImpressionAtAThousandPerThousandAndARaiseOneMore() {
        Merchant merchant = new Merchant().budget(budget(1).cap("1").cpm("1000"));
        for (int i = 0; i < 5; i++) {
            merchant.add(impression("i" + i).at("2026-05-01T09:00:00Z"));
        }
        assertBilled(merchant.totals().merchant(), "1", "4", "0");

        merchant.budget(budget(2).cap("2").cpm("1000").from("2026-05-01T10:00:00Z"));

        assertBilled(merchant.totals().merchant(), "2", "3", "0");
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris,     2019-03-31, 2019-03-30T23:00:00Z, 23",
        "Europe/Paris,     2019-10-27, 2019-10-26T22:00:00Z, 25",
        "America/New_York, 2026-03-08, 2026-03-08T05:00:00Z, 23",
        "America/New_York, 2026-11-01, 2026-11-01T04:00:00Z, 25",
        "Pacific/Chatham,  2021-09-26, 2021-09-25T11:15:00Z, 23",
        "Pacific/Chatham,  2021-04-04, 2021-04-03T10:15:00Z, 25",
        "Asia/Kolkata,     2026-05-01, 2026-04-30T18:30:00Z, 24",
        "Asia/Kathmandu,   2026-05-01, 2026-04-30T18:15:00Z, 24",
    })
    void aDayBillsEveryHourItHas(String zone, LocalDate day, Instant start, int hours) {
        Merchant merchant = new Merchant().budget(budget(1).zone(zone).cpc("1"));

        for (int hour = -24; hour < 48; hour++) {
            String at = start.plusSeconds(hour * 3600L).toString();
            merchant.add(click("c" + hour).at(at));
        }

        assertBilled(merchant.totals(day).merchant(), Integer.toString(hours), "0", "0");
    }

    @Test
    void aMoveFromUtcToNewYorkBillsEveryClickOnce() {
        Merchant merchant = new Merchant()
                .budget(budget(1).cpc("1"))
                .budget(budget(2).cpc("1").zone("America/New_York").from("2026-05-02T12:00:00Z"));

        Instant start = Instant.parse("2026-05-01T00:00:00Z");
        for (int hour = 0; hour < 100; hour++) {
            merchant.add(click("c" + hour).at(start.plusSeconds(hour * 3600L).toString()));
        }

        assertThat(merchant.days().keySet().stream()
                        .map(day -> merchant.totals(day).merchant().billedMicros() / 1_000_000))
                .containsExactly(24L, 24L, 28L, 24L);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "2.50,     2.50, 1.50",
                "0,        0,    4",
                "0.000001, 0.000001, 3.999999",
                "1,        1,    3",
                "4,        4,    0",
                "none,     4,    0",
            })
    void theLastPartOfACapIsBilledForPartOfAClick(String cap, String billed, String absorbed) {
        Merchant merchant = new Merchant().budget(budget(1).cap(cap).cpc("2"));

        merchant.add(click("c1"), click("c2"));

        assertBilled(merchant.totals().merchant(), billed, absorbed, "0");
    }

    @Test
    void aCampaignsCapIsACeilingUnderTheMerchants() {
        Merchant merchant = new Merchant().budget(budget(1).cap("1000").cpc("1").campaign("lunch", "10", null));

        for (int i = 0; i < 100; i++) {
            merchant.add(click("c" + i).campaign("lunch"));
        }

        assertBilled(merchant.totals().merchant(), "10", "90", "0");
        assertBilled(merchant.totals().campaigns().get("lunch"), "10", "90", "0");
        assertThat(merchant.totals().merchantAbsorbedMicros()).isZero();
    }

    @Test
    void theMerchantsCapHoldsBackWhatItsCampaignsMayBill() {
        Merchant merchant = new Merchant().budget(budget(1).cap("12").cpc("1").campaign("lunch", "10", null));

        clicks(merchant, 3, "2026-05-01T09:00:00Z");
        for (int i = 0; i < 20; i++) {
            merchant.add(click("l" + i).campaign("lunch"), click("d" + i).campaign("dinner"));
        }

        DayTotals totals = merchant.totals();
        assertBilled(totals.merchant(), "12", "31", "0");
        assertThat(totals.campaigns()).containsOnlyKeys("dinner", "lunch");
        assertBilled(totals.campaigns().get("lunch"), "10", "10", "0");
        assertBilled(totals.campaigns().get("dinner"), "20", "0", "0");
        assertThat(totals.merchantAbsorbedMicros()).isEqualTo(micros("21"));
    }

    @Test
    void aCampaignsCapFollowsTheRuleForCutsByItsOwnDelivery() {
        Merchant merchant = new Merchant()
                .budget(budget(1).cpc("1").campaign("lunch", "10", null))
                .budget(budget(2).cpc("1").campaign("lunch", "2", null).from("2026-05-01T11:00:00Z"));

        clicks(merchant, 50, "2026-05-01T09:00:00Z");
        for (int i = 0; i < 6; i++) {
            merchant.add(click("a" + i).campaign("lunch").at("2026-05-01T10:00:00Z"));
            merchant.add(click("b" + i).campaign("lunch").at("2026-05-01T11:00:00Z"));
        }

        assertBilled(merchant.totals().campaigns().get("lunch"), "6", "6", "0");
        assertBilled(merchant.totals().merchant(), "56", "6", "0");
    }

    @Test
    void aMillionImpressionsAreExactToTheMicro() {
        Merchant merchant = new Merchant().budget(budget(1).cpm("0.003337"));

        Interaction impression = impression("i").build();
        for (int i = 0; i < 1_000_000; i++) {
            merchant.add(impression, false);
        }

        assertBilled(merchant.totals().merchant(), "3.337", "0", "0");
    }

    @Test
    void fractionsOfAMicroAreRoundedDownWhereTheStatementShowsThem() {
        Merchant merchant =
                new Merchant().budget(budget(1).cpm("0.000700").cap("0.000001").campaign("lunch", null, null));

        for (int i = 0; i < 3; i++) {
            merchant.add(
                    impression("v" + i).campaign("lunch"), impression("b" + i).bot());
        }

        Amounts amounts = merchant.totals().merchant();
        assertThat(amounts.validNanos()).isEqualTo(2_100);
        assertThat(amounts.billedNanos()).isEqualTo(1_000);
        assertThat(amounts.absorbedNanos()).isEqualTo(1_100);
        assertThat(amounts.invalidNanos()).isEqualTo(2_100);
        assertBilled(amounts, "0.000001", "0.000001", "0.000002");
        assertThat(merchant.totals().merchantAbsorbedNanos()).isEqualTo(1_100);
        assertThat(merchant.totals().merchantAbsorbedMicros()).isEqualTo(1);
    }

    @Test
    void anotherCurrencyIsCountedAndNotBilled() {
        Merchant merchant = new Merchant().budget(budget(1).cpc("1"));

        merchant.add(
                click("c1").price("5", "USD"),
                click("c2").price("3", "EUR"),
                click("c3"),
                impression("i").bot());

        assertBilled(merchant.totals().merchant(), "4", "0", "0");
        assertThat(merchant.totals().merchant().counts()).isEqualTo(new Counts(1, 3, 0, 1, 0, 0, 1, 1));
    }

    @Test
    void aBudgetThatComesAfterTheEventsPricesThemAll() {
        Merchant merchant = new Merchant()
                .add(
                        click("c1").at("2026-05-01T00:00:00Z"),
                        click("c2").price("5", "USD"),
                        click("c3").price("3", "EUR"),
                        completedView("v"),
                        click("c4").at("2026-04-30T23:59:59.999Z"));
        assertBilled(merchant.totals().merchant(), "0", "0", "0");
        assertThat(merchant.totals().merchant().counts().unpriced()).isEqualTo(4);

        merchant.budget(budget(1).currency("USD").cap("6").cpc("2").from("2026-05-01T15:00:00Z"));

        assertBilled(merchant.totals().merchant(), "6", "1", "0");
        assertThat(merchant.totals().merchant().counts()).isEqualTo(new Counts(0, 3, 1, 0, 0, 0, 1, 1));
        assertBilled(merchant.totals(LocalDate.parse("2026-04-30")).merchant(), "0", "0", "0");
    }

    @Test
    void aRateThatComesLaterCountsFromItsMinute() {
        Merchant merchant = new Merchant()
                .budget(budget(1).cpc("1"))
                .add(click("c1").at("2026-05-01T09:59:59.999Z"), click("c2").at("2026-05-01T10:00:00Z"));

        merchant.budget(budget(2).cpc("10").from("2026-05-01T10:00:00Z"));

        assertBilled(merchant.totals().merchant(), "11", "0", "0");
    }

    @Test
    void aVerdictTakesAClickOffTheBillAndFreesTheCapUntilItIsCleared() {
        Interaction click = click("c1").price("4", "EUR").build();
        Merchant merchant = new Merchant().budget(budget(1).cap("5").cpc("3")).add(click, false);
        merchant.add(click("c2"));
        DayTotals before = merchant.totals();
        assertBilled(before.merchant(), "5", "2", "0");

        merchant.giveVerdict(click);

        assertBilled(merchant.totals().merchant(), "3", "0", "4");
        assertThat(merchant.totals().merchant().counts()).isEqualTo(new Counts(0, 2, 0, 0, 1, 0, 0, 0));

        merchant.clearVerdict(click);

        assertThat(merchant.totals()).isEqualTo(before);
    }

    @Test
    void aVerdictOnARobotsClickChangesNothing() {
        Interaction click = click("c1").bot().build();
        Merchant merchant =
                new Merchant().budget(budget(1).cpc("3")).add(click, false).giveVerdict(click);
        assertBilled(merchant.totals().merchant(), "0", "0", "3");

        merchant.clearVerdict(click);

        assertBilled(merchant.totals().merchant(), "0", "0", "3");
    }

    @Test
    void whatWasNotCountedCannotBeTakenBack() {
        Interaction click = click("c1").build();
        Merchant merchant = new Merchant().add(click, true);

        assertThatThrownBy(() -> merchant.giveVerdict(click))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Event c1 is not counted as valid");
        assertThatThrownBy(() ->
                        merchant.clearVerdict(click("c2").campaign("lunch").build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Event c2 was not added to this day");
        assertThat(merchant.totals().campaigns()).isEmpty();
    }

    @Test
    void amountsThatDoNotFitAreRefusedAndDoNotWrap() {
        Merchant merchant = new Merchant().budget(budget(1));
        merchant.add(click("c1").price("9223372036", "EUR"), click("c2").price("1", "EUR"));

        assertThatThrownBy(merchant::totals).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void theStateGrowsWithMinutesAndNotWithInteractions() {
        Merchant merchant = new Merchant();
        for (int i = 0; i < 100_000; i++) {
            String at = Instant.parse("2026-05-01T00:00:00Z")
                    .plusSeconds(i % 86_400)
                    .toString();
            InteractionBuilder one = i % 10 == 0 ? click("c" + i) : impression("i" + i);
            merchant.add(one.at(at).campaign(i % 2 == 0 ? "lunch" : "dinner"));
        }

        assertThat(merchant.days().get(LocalDate.parse("2026-05-01")).size()).isEqualTo(3 * 1440);
    }

    private static void clicks(Merchant merchant, int count, String at) {
        for (int i = 0; i < count; i++) {
            merchant.add(click("c" + i).at(at));
        }
    }

    private static void assertBilled(Amounts amounts, String billed, String absorbed, String invalid) {
        assertThat(amounts.billedMicros()).as("billed").isEqualTo(micros(billed));
        assertThat(amounts.absorbedMicros()).as("absorbed").isEqualTo(micros(absorbed));
        assertThat(amounts.invalidMicros()).as("invalid").isEqualTo(micros(invalid));
        assertThat(amounts.validMicros()).isEqualTo(micros(billed) + micros(absorbed));
        assertThat(amounts.grossMicros()).isEqualTo(micros(billed) + micros(absorbed) + micros(invalid));
    }
}
