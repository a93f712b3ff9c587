package io.weir.topology.budgets;

import static io.weir.topology.budgets.BudgetYaml.VERSION;
import static io.weir.topology.budgets.BudgetYaml.budget;
import static io.weir.topology.budgets.BudgetYaml.problems;
import static io.weir.topology.budgets.BudgetYaml.read;
import static io.weir.topology.budgets.BudgetYaml.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.CampaignBudget;
import io.weir.schemas.MerchantBudget;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a budgets file says, and what is said of one that is wrong. */
class BudgetFileTest {

    private static final String NO_MERCHANT =
            "merchant_id: expected the id of a merchant (1 to 256 characters, none a control character), found nothing";
    private static final String NO_CURRENCY = "currency: expected a code of ISO 4217 such as IDR, found nothing";
    private static final String NO_ZONE = "time_zone: expected an IANA time zone such as Asia/Jakarta, found nothing";

    @Test
    void theSampleIsAsItSays() {
        assertThat(BudgetFile.read(Path.of("../samples/budgets.yaml"), 1))
                .extracting(MerchantBudget::getMerchantId)
                .containsExactly("m-17", "m-18");
    }

    @Test
    void everythingThatCanBeSaidIsRead() {
        List<MerchantBudget> budgets = read("""
                merchants:
                  - merchant_id: m-17
                    currency: IDR
                    time_zone: Asia/Jakarta
                    daily_cap: 1500000
                    cpc: 250.5
                    cpm: 4000
                    cpcv: 12
                    effective_from: 2026-11-22T15:00:00+07:00
                    version: 7
                    campaigns:
                      lunch: {daily_cap: 400000, cpc: 300}
                      dinner: {cpm: 5000.000001, cpcv: 0}
                """);

        assertThat(budgets)
                .containsExactly(new MerchantBudget(
                        "m-17",
                        "IDR",
                        "Asia/Jakarta",
                        1_500_000_000_000L,
                        250_500_000L,
                        4_000_000_000L,
                        12_000_000L,
                        Map.of(
                                "lunch", new CampaignBudget(400_000_000_000L, 300_000_000L, null, null),
                                "dinner", new CampaignBudget(null, null, 5_000_000_001L, 0L)),
                        7L,
                        Instant.parse("2026-11-22T08:00:00Z")));
    }

    @Test
    void whatIsNotSaidIsNoneAndTheVersionIsTheCallers() {
        List<MerchantBudget> budgets = read("""
                merchants:
                  - merchant_id: m-1
                    currency: EUR
                    time_zone: Europe/Paris
                  - {merchant_id: 2, currency: "USD", time_zone: 'UTC', daily_cap: ~, cpc: null, cpm: , campaigns: }
                """);

        assertThat(budgets)
                .containsExactly(
                        new MerchantBudget(
                                "m-1", "EUR", "Europe/Paris", null, null, null, null, Map.of(), VERSION, null),
                        new MerchantBudget("2", "USD", "UTC", null, null, null, null, Map.of(), VERSION, null));
    }

    @Test
    void merchantCurrencyAndTimeZoneMustBeThere() {
        assertThat(problems("""
                merchants:
                  - {}
                  - merchant_id:
                    currency: ~
                    time_zone: null
                """))
                .containsExactly(
                        "budgets.yaml:2:5: " + NO_MERCHANT,
                        "budgets.yaml:2:5: " + NO_CURRENCY,
                        "budgets.yaml:2:5: " + NO_ZONE,
                        "budgets.yaml:3:17: " + NO_MERCHANT,
                        "budgets.yaml:4:15: " + NO_CURRENCY,
                        "budgets.yaml:5:16: " + NO_ZONE);
    }

    @Test
    void campaignsAreReadAsMerchantsAre() {
        assertThat(problems(budget("""
                campaigns:
                      "": {cpc: 1}
                      lunch: {cpx: 1, cpm: x}
                      %s: {}
                      dinner: ~
                      lunch: {}
                      ? [a]
                      : {cpc: 1}
                """.formatted("y".repeat(257)))))
                .containsExactly(
                        "budgets.yaml:6:7: campaigns.\"\": expected the id of a campaign (1 to 256 characters, none a control character), found an empty text",
                        "budgets.yaml:7:15: campaigns.lunch.cpx: there is no such key; did you mean cpc?",
                        "budgets.yaml:7:28: campaigns.lunch.cpm: expected an amount such as 1500000 or 250.5, found \"x\"",
                        "budgets.yaml:8:7: campaigns." + "y".repeat(60)
                                + "…: expected the id of a campaign (1 to 256 characters, none a control character), found 257 characters",
                        "budgets.yaml:9:15: campaigns.dinner: expected a mapping with daily_cap, cpc, cpm, cpcv, found nothing",
                        "budgets.yaml:10:7: campaigns.lunch: expected once, found again (first in line 7)",
                        "budgets.yaml:11:9: campaigns: expected a key that is a text, found a list");
        assertThat(problems(budget("campaigns: [lunch]")))
                .containsExactly("budgets.yaml:5:16: campaigns: expected a mapping of campaign ids, found a list");
    }

    @ParameterizedTest
    @CsvSource({
        "dailycap, daily_cap",
        "dailyCap, daily_cap",
        "cpv, cpc",
        "campaign, campaigns",
        "effective_form, effective_from"
    })
    void unknownKeyIsNamedWithTheNearest(String key, String meant) {
        assertThat(problems(budget(key + ": 1")))
                .containsExactly("budgets.yaml:5:5: %s: there is no such key; did you mean %s?".formatted(key, meant));
    }

    @Test
    void unknownKeyThatIsLikeNoOtherIsNamedWithAll() {
        assertThat(problems(budget("<<: {cpc: 1}")))
                .containsExactly("budgets.yaml:5:5: <<: there is no such key; expected one of merchant_id, currency,"
                        + " time_zone, daily_cap, cpc, cpm, cpcv, effective_from, version, campaigns");
        assertThat(problems("budgets: 1\n" + valid()))
                .containsExactly("budgets.yaml:1:1: budgets: there is no such key; expected merchants");
    }

    @Test
    void keyThatIsThereTwiceIsRefused() {
        assertThat(problems(budget("currency: IDR")))
                .containsExactly("budgets.yaml:5:5: currency: expected once, found again (first in line 3)");
    }

    @Test
    void merchantThatIsThereTwiceIsRefused() {
        assertThat(problems(valid() + valid().replace("merchants:\n", "")))
                .containsExactly(
                        "budgets.yaml:5:18: merchant_id: expected each merchant once, found \"m-17\" again (first in line 2)");
    }

    @Test
    void everythingThatIsWrongIsSaidInTheOrderOfTheFile() {
        assertThat(problems("""
                colour: red
                merchants:
                  - merchant_id: m-1
                    currency: !!str EUR
                    time_zone: Europe/Pariss
                    cpc: -1
                  - m-2
                """))
                .containsExactly(
                        "budgets.yaml:1:1: colour: there is no such key; expected merchants",
                        "budgets.yaml:4:15: expected a value without tag, found !!str",
                        "budgets.yaml:5:16: time_zone: expected an IANA time zone such as Asia/Jakarta, found \"Europe/Pariss\"",
                        "budgets.yaml:6:10: cpc: expected an amount from 0 to 1000000, found \"-1\"",
                        "budgets.yaml:7:5: merchants: expected a mapping with merchant_id, currency and time_zone, found \"m-2\"");
    }

    @Test
    void emptyFileIsRefused() {
        String problem = "budgets.yaml:1:1: expected a mapping with the key merchants, found an empty file";

        assertThat(problems("")).containsExactly(problem);
        assertThat(problems("# nothing yet\n")).containsExactly(problem);
    }

    @Test
    void fileIsAMappingWithAListOfMerchants() {
        assertThat(problems("---\n"))
                .containsExactly("budgets.yaml:2:1: expected a mapping with the key merchants, found nothing");
        assertThat(problems("- m-17\n"))
                .containsExactly("budgets.yaml:1:1: expected a mapping with the key merchants, found a list");
        assertThat(problems("{}\n"))
                .containsExactly("budgets.yaml:1:1: merchants: expected a list of budgets, found nothing");
        assertThat(problems("merchants: {m-17: 1}\n"))
                .containsExactly("budgets.yaml:1:12: merchants: expected a list of budgets, found a mapping");
        assertThat(problems("merchants: []\n"))
                .containsExactly("budgets.yaml:1:12: merchants: expected a list of budgets, found an empty list");
    }

    @Test
    void aFileOfNothingButProblemsIsNotRepeatedWhole() {
        List<String> problems = problems("merchants: [" + "a,".repeat(5_000) + "]");

        assertThat(problems).hasSize(1_001).last().isEqualTo("budgets.yaml: 4000 more problems are not listed");
    }
}
