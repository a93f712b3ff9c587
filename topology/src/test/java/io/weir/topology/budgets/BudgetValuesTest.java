package io.weir.topology.budgets;

import static io.weir.topology.budgets.BudgetYaml.budget;
import static io.weir.topology.budgets.BudgetYaml.problems;
import static io.weir.topology.budgets.BudgetYaml.read;
import static io.weir.topology.budgets.BudgetYaml.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.MerchantBudget;
import java.math.BigDecimal;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The single values of a budgets file: each as it is read, and each as it is refused. */
class BudgetValuesTest {

    @ParameterizedTest
    @CsvSource({
        "250.5, 250500000",
        "0.000001, 1",
        "0, 0",
        "0.0, 0",
        "-0, 0",
        "+1, 1000000",
        "007, 7000000",
        "0.1, 100000",
        "8388608.1, 8388608100000",
        "999999999.999999, 999999999999999",
        "1000000000, 1000000000000000",
        "1000000000.000000, 1000000000000000",
        "0.1000000, 100000",
        "\"12.5\", 12500000"
    })
    void capsAreReadExactly(String written, long micros) {
        assertThat(read(budget("daily_cap: " + written)).get(0).getDailyCapMicros())
                .isEqualTo(micros);
    }

    @Property
    void amountsWithAtMostSixDecimalsAreReadExactly(@ForAll("amounts") BigDecimal amount) {
        MerchantBudget budget =
                read(budget("daily_cap: " + amount.toPlainString())).get(0);

        assertThat(BigDecimal.valueOf(budget.getDailyCapMicros(), 6)).isEqualByComparingTo(amount);
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        BigDecimal largest = BigDecimal.valueOf(1_000_000_000);
        return Arbitraries.integers()
                .between(0, 6)
                .flatMap(decimals -> Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, largest)
                        .ofScale(decimals));
    }

    @ParameterizedTest
    @CsvSource({
        "daily_cap, 1000000000.000001, an amount from 0 to 1000000000",
        "daily_cap, -0.01, an amount from 0 to 1000000000",
        "cpc, 1000000.000001, an amount from 0 to 1000000",
        "cpm, 1000001, an amount from 0 to 1000000",
        "cpcv, -1, an amount from 0 to 1000000",
        "cpc, 0.0000001, an amount with at most 6 decimals",
        "cpc, 1.0000005, an amount with at most 6 decimals",
        "cpc, 1e3, an amount such as 1500000 or 250.5",
        "cpc, 1_000, an amount such as 1500000 or 250.5",
        "cpc, 0x10, an amount such as 1500000 or 250.5",
        "cpc, 1:30, an amount such as 1500000 or 250.5",
        "cpc, .5, an amount such as 1500000 or 250.5",
        "cpc, .inf, an amount such as 1500000 or 250.5",
        "cpc, NaN, an amount such as 1500000 or 250.5",
        "cpc, ٣, an amount such as 1500000 or 250.5",
        "cpc, Rp 5, an amount such as 1500000 or 250.5"
    })
    void whatIsNoAmountIsRefused(String key, String written, String expected) {
        assertThat(problems(budget(key + ": " + written)))
                .containsExactly("budgets.yaml:5:%d: %s: expected %s, found \"%s\""
                        .formatted(key.length() + 7, key, expected, written));
    }

    @Test
    void amountsAreSingleValues() {
        assertThat(problems(budget("cpc: [1]\n    cpm: {a: 1}\n    cpcv: ''")))
                .containsExactly(
                        "budgets.yaml:5:10: cpc: expected an amount such as 1500000 or 250.5, found a list",
                        "budgets.yaml:6:10: cpm: expected an amount such as 1500000 or 250.5, found a mapping",
                        "budgets.yaml:7:11: cpcv: expected an amount such as 1500000 or 250.5, found \"\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:00Z, 2026-11-22T08:00:00Z",
        "2026-11-22T08:00:00.125+05:30, 2026-11-22T02:30:00.125Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z"
    })
    void timesHaveAZone(String written, Instant time) {
        assertThat(read(budget("effective_from: " + written)).get(0).getEffectiveFrom())
                .isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:00, a time with its zone such as 2026-11-22T08:00:00Z",
        "2026-11-22, a time with its zone such as 2026-11-22T08:00:00Z",
        "tomorrow, a time with its zone such as 2026-11-22T08:00:00Z",
        "1969-12-31T23:59:59Z, a time from 1970 to 2100",
        "2101-01-01T00:00:00Z, a time from 1970 to 2100"
    })
    void whatIsNoTimeIsRefused(String written, String expected) {
        assertThat(problems(budget("effective_from: " + written)))
                .containsExactly(
                        "budgets.yaml:5:21: effective_from: expected %s, found \"%s\"".formatted(expected, written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "one", "9223372036854775808"})
    void versionsAreWholeNumbers(String written) {
        assertThat(problems(budget("version: " + written)))
                .containsExactly(
                        "budgets.yaml:5:14: version: expected a whole number from 0 to 9223372036854775807, found \"%s\""
                                .formatted(written));
    }

    @Test
    void largestVersionIsTheLargestLong() {
        assertThat(read(budget("version: 9223372036854775807")).get(0).getVersion())
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"idr", "IDX", "Rupiah", "360"})
    void currencyIsACodeOfIso4217(String code) {
        assertThat(problems(valid().replace("IDR", code)))
                .containsExactly("budgets.yaml:3:15: currency: expected a code of ISO 4217 such as IDR, found \"%s\""
                        .formatted(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Jakrta", "+07:00", "UTC+7", "Z", "asia/jakarta"})
    void timeZoneIsOneOfIanaAndNoOffset(String zone) {
        assertThat(problems(valid().replace("Asia/Jakarta", zone)))
                .containsExactly(
                        "budgets.yaml:4:16: time_zone: expected an IANA time zone such as Asia/Jakarta, found \"%s\""
                                .formatted(zone));
    }

    @Test
    void identifiersAreThoseThatEventsCanHave() {
        String longest = "x".repeat(256);

        assertThat(read(valid().replace("m-17", longest)).get(0).getMerchantId())
                .isEqualTo(longest);
        assertThat(problems("""
                merchants:
                  - {merchant_id: "", currency: IDR, time_zone: UTC}
                  - {merchant_id: %sx, currency: IDR, time_zone: UTC}
                  - {merchant_id: "a\\tb", currency: IDR, time_zone: UTC}
                  - {merchant_id: [a], currency: IDR, time_zone: UTC}
                """.formatted(longest)))
                .containsExactly(
                        merchant("2:19", "an empty text"),
                        merchant("3:19", "257 characters"),
                        merchant("4:19", "a control character"),
                        merchant("5:19", "a list"));
    }

    private static String merchant(String position, String found) {
        return "budgets.yaml:%s: merchant_id: expected the id of a merchant (1 to 256 characters, none a control character), found %s"
                .formatted(position, found);
    }
}
