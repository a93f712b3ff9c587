package io.weir.adspend.account;

import static io.weir.adspend.BudgetBuilder.budget;
import static io.weir.adspend.InteractionBuilder.click;
import static io.weir.adspend.InteractionBuilder.completedView;
import static io.weir.adspend.InteractionBuilder.impression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.adspend.BudgetBuilder;
import io.weir.adspend.InteractionBuilder;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PricingTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theFirstThatGivesAPriceCounts(
            String rule, InteractionBuilder interaction, BudgetBuilder budget, long nanos, PriceSource source) {
        assertThat(Pricing.of(interaction.build(), Optional.of(budget.build()))).isEqualTo(new Price(nanos, source));
    }

    static Stream<Arguments> theFirstThatGivesAPriceCounts() {
        InteractionBuilder lunch = click("c").campaign("lunch");
        BudgetBuilder rates = budget(1).cpc("2").cpm("4").cpcv("0.5").campaign("lunch", null, "3");
        return Stream.of(
                Arguments.of("merchant, click", click("c"), rates, 2_000_000_000L, PriceSource.MERCHANT_RATE),
                Arguments.of("merchant, thousand", impression("i"), rates, 4_000_000L, PriceSource.MERCHANT_RATE),
                Arguments.of("merchant, video", completedView("v"), rates, 500_000_000L, PriceSource.MERCHANT_RATE),
                Arguments.of("campaign", lunch, rates, 3_000_000_000L, PriceSource.CAMPAIGN_RATE),
                Arguments.of(
                        "campaign without this rate",
                        impression("i").campaign("lunch"),
                        rates,
                        4_000_000L,
                        PriceSource.MERCHANT_RATE),
                Arguments.of(
                        "unknown campaign", click("c").campaign("x"), rates, 2_000_000_000L, PriceSource.MERCHANT_RATE),
                Arguments.of(
                        "own", click("c").campaign("lunch").price("7", "EUR"), rates, 7_000_000_000L, PriceSource.OWN),
                Arguments.of("own, no currency", click("c").price("7", null), rates, 7_000_000_000L, PriceSource.OWN),
                Arguments.of("own, nothing", click("c").price("0", "EUR"), rates, 0L, PriceSource.OWN),
                Arguments.of(
                        "own, other currency", click("c").price("7", "USD"), rates, 0L, PriceSource.CURRENCY_MISMATCH),
                Arguments.of(
                        "a currency without a price says nothing",
                        click("c").price(null, "USD"),
                        rates,
                        2_000_000_000L,
                        PriceSource.MERCHANT_RATE),
                Arguments.of(
                        "free of charge", lunch, budget(1).campaign("lunch", null, "0"), 0L, PriceSource.CAMPAIGN_RATE),
                Arguments.of("no rate", click("c"), budget(1).cpm("4"), 0L, PriceSource.UNPRICED));
    }

    @Test
    void withoutABudgetNothingHasAPrice() {
        assertThat(Pricing.of(click("c").price("7", "EUR").build(), Optional.empty()))
                .isEqualTo(new Price(0, PriceSource.UNPRICED));
        assertThat(Pricing.of(click("c").build(), Optional.empty())).isEqualTo(new Price(0, PriceSource.UNPRICED));
    }

    @Test
    void aNegativePriceIsRefused() {
        assertThatThrownBy(() -> click("c").price("-1", "EUR").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("price_micros: expected 0 or more, found -1000000");
    }
}
