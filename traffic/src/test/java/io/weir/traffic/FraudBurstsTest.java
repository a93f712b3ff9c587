package io.weir.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.EventKind;
import io.weir.traffic.Payload.AdClicked;
import io.weir.traffic.Payload.AdShown;
import io.weir.traffic.Payload.Attested;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FraudBurstsTest {
    private static final Map<FraudScheme, List<List<ShopEvent>>> BURSTS = new EnumMap<>(FraudScheme.class);

    @BeforeAll
    static void play() {
        Shop shop = Shop.of(TrafficSettings.defaults());
        Rng rng = new Rng(11);
        for (int i = 0; i < 2_000; i++) {
            Actor actor = FraudBursts.actor(shop, new Rng(rng.nextLong()), 1_000_000);
            List<ShopEvent> events = new ArrayList<>();
            while (actor.hasNext()) {
                events.add(actor.next());
            }
            FraudScheme scheme = events.get(0).author().fraud().orElseThrow();
            BURSTS.computeIfAbsent(scheme, key -> new ArrayList<>()).add(events);
        }
    }

    @Test
    void aClickFloodIsOneVisitorOnOneAdvertisement() {
        for (List<ShopEvent> burst : BURSTS.get(FraudScheme.CLICK_FLOOD)) {
            assertThat(clicks(burst).count()).isBetween(12L, 40L);
            assertThat(clicks(burst).map(click -> click.ad().adId()).distinct()).hasSize(1);
            assertThat(visitors(burst)).hasSize(1);
            assertThat(burst)
                    .filteredOn(event -> event.payload() instanceof AdShown)
                    .hasSize(1);
        }
    }

    @Test
    void anIpFarmIsManyVisitorsBehindOneAddress() {
        for (List<ShopEvent> burst : BURSTS.get(FraudScheme.IP_FARM)) {
            assertThat(visitors(burst)).hasSizeBetween(25, 50);
            assertThat(burst.stream().map(event -> event.visit().ip()).distinct())
                    .hasSize(1);
            assertThat(clicks(burst).map(click -> click.ad().merchantId()).distinct())
                    .hasSize(1);
            assertThat(clicks(burst).count()).isEqualTo(visitors(burst).size());
            assertThat(duration(burst)).isLessThan(60_000);
        }
    }

    @Test
    void ghostClicksHaveNoImpression() {
        for (List<ShopEvent> burst : BURSTS.get(FraudScheme.GHOST_CLICKS)) {
            assertThat(clicks(burst).count()).isBetween(3L, 8L);
            assertThat(burst).noneMatch(event -> event.payload() instanceof AdShown);
        }
    }

    @Test
    void instantClicksFollowTheirImpressionInLessThanATenthOfASecond() {
        for (List<ShopEvent> burst : BURSTS.get(FraudScheme.INSTANT_CLICKS)) {
            for (int i = 0; i < burst.size(); i++) {
                if (burst.get(i).payload() instanceof AdClicked click) {
                    AdShown shown = (AdShown) burst.get(i - 1).payload();
                    assertThat(shown.ad().impressionId()).isEqualTo(click.ad().impressionId());
                    assertThat(burst.get(i).occurredAt() - burst.get(i - 1).occurredAt())
                            .isBetween(5L, 90L);
                }
            }
        }
    }

    @Test
    void anInstantPurchaseFollowsItsClickWithinThreeSeconds() {
        for (List<ShopEvent> burst : BURSTS.get(FraudScheme.INSTANT_PURCHASE)) {
            assertThat(burst)
                    .extracting(event -> event.payload().kind())
                    .containsExactly(EventKind.page_view, EventKind.impression, EventKind.click, EventKind.purchase);
            assertThat(burst.get(3).occurredAt() - burst.get(2).occurredAt()).isBetween(400L, 2_500L);
        }
    }

    @Test
    void aMerchantSweepClicksMoreThanFifteenMerchantsInAMinute() {
        for (List<ShopEvent> burst : BURSTS.get(FraudScheme.MERCHANT_SWEEP)) {
            assertThat(clicks(burst)
                            .map(click -> click.ad().merchantId())
                            .distinct()
                            .count())
                    .isBetween(18L, 30L);
            assertThat(duration(burst)).isLessThan(60_000);
        }
    }

    @Test
    void anImpressionFloodIsMoreThanSixtyImpressionsInAMinute() {
        for (List<ShopEvent> burst : BURSTS.get(FraudScheme.IMPRESSION_FLOOD)) {
            assertThat(burst)
                    .filteredOn(event -> event.payload() instanceof AdShown)
                    .hasSizeBetween(80, 150);
            assertThat(duration(burst)).isLessThan(60_000);
        }
    }

    @Test
    void aReplayedTokenIsTheSameThreeTimes() {
        for (List<ShopEvent> burst : BURSTS.get(FraudScheme.REPLAYED_TOKEN)) {
            assertThat(burst.stream()
                            .filter(event -> event.payload() instanceof Attested)
                            .map(event ->
                                    ((Attested) event.payload()).attestation().nonce()))
                    .hasSize(3)
                    .containsOnly(nonce(burst));
        }
    }

    private static String nonce(List<ShopEvent> burst) {
        return ((Attested) burst.get(burst.size() - 1).payload()).attestation().nonce();
    }

    private static Stream<AdClicked> clicks(List<ShopEvent> burst) {
        return burst.stream()
                .filter(event -> event.payload() instanceof AdClicked)
                .map(event -> (AdClicked) event.payload());
    }

    private static List<String> visitors(List<ShopEvent> burst) {
        return burst.stream().map(event -> event.visit().visitorId()).distinct().toList();
    }

    private static long duration(List<ShopEvent> burst) {
        return burst.get(burst.size() - 1).occurredAt() - burst.get(0).occurredAt();
    }
}
