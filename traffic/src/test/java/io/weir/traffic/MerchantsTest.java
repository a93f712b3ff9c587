package io.weir.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.traffic.Payload.Ad;
import io.weir.traffic.Payload.AdClicked;
import io.weir.traffic.Payload.AdShown;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MerchantsTest {

    @Test
    void budgetsAreWellFormed() {
        List<Merchant> merchants = Traffic.from(TrafficSettings.defaults()).merchants();

        assertThat(merchants).hasSize(200);
        assertThat(merchants).extracting(Merchant::id).startsWith("m-1", "m-2").doesNotHaveDuplicates();
        for (Merchant merchant : merchants) {
            assertThat(Currency.getInstance(merchant.currency())).isNotNull();
            assertThat(ZoneId.of(merchant.timeZone())).isNotNull();
            assertThat(List.of(merchant.cpcMicros(), merchant.cpmMicros(), merchant.cpcvMicros()))
                    .allMatch(price -> price > 0);
            assertThat(merchant.campaigns()).hasSizeBetween(1, 4);
        }
    }

    @Test
    void someCapsBindWithinTenMinutesAndSomeNeverDo() {
        TrafficSettings settings =
                TrafficSettings.builder().events(120_000).dayCurve(false).build();
        Map<String, Merchant> merchants = Traffic.from(settings).merchants().stream()
                .collect(Collectors.toMap(Merchant::id, Function.identity()));

        Map<String, Double> spent = new HashMap<>();
        for (ShopEvent event : Labels.events(settings)) {
            if (event.payload() instanceof AdClicked clicked) {
                Merchant merchant = merchants.get(clicked.ad().merchantId());
                spent.merge(merchant.id(), price(clicked.ad(), (double) merchant.cpcMicros()), Double::sum);
            } else if (event.payload() instanceof AdShown shown) {
                Merchant merchant = merchants.get(shown.ad().merchantId());
                spent.merge(merchant.id(), price(shown.ad(), merchant.cpmMicros() / 1000.0), Double::sum);
            }
        }

        List<Merchant> capped = merchants.values().stream()
                .filter(merchant -> merchant.dailyCapMicros().isPresent())
                .toList();
        assertThat(capped)
                .anyMatch(m ->
                        spent.getOrDefault(m.id(), 0.0) >= m.dailyCapMicros().getAsLong());
        assertThat(capped)
                .anyMatch(m ->
                        spent.getOrDefault(m.id(), 0.0) < m.dailyCapMicros().getAsLong() / 10.0);
        assertThat(capped.size()).isLessThan(merchants.size());
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> TrafficSettings.builder().lateShare(1.5).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("traffic late-share: expected a share from 0 to 1, found 1.5");
        assertThatThrownBy(() -> TrafficSettings.builder().rate(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("traffic rate: expected a number above 0, found 0.0");
    }

    private static double price(Ad ad, double listPrice) {
        return ad.priceMicros() > 0 ? (double) ad.priceMicros() : listPrice;
    }
}
