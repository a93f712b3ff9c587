package io.weir.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.traffic.Payload.AdClicked;
import io.weir.traffic.Payload.AdShown;
import io.weir.traffic.Payload.Exposed;
import io.weir.traffic.Payload.Ordered;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ShopperBehaviourTest {
    private static final TrafficSettings SETTINGS = TrafficSettings.builder()
            .events(400_000)
            .rate(60)
            .visitors(100_000)
            .lateShare(0)
            .build();

    private static List<ShopEvent> shoppers;

    @BeforeAll
    static void make() {
        shoppers = Labels.events(SETTINGS).stream()
                .filter(event -> event.author().equals(Author.SHOPPER))
                .toList();
    }

    @Test
    void shoppersClickAnImpressionOnceAndNotAtOnce() {
        Map<String, Long> shownAt = new HashMap<>();
        Set<String> clicked = new HashSet<>();

        for (ShopEvent event : shoppers) {
            if (event.payload() instanceof AdShown shown) {
                shownAt.put(shown.ad().impressionId(), event.occurredAt());
            } else if (event.payload() instanceof AdClicked click) {
                assertThat(shownAt).containsKey(click.ad().impressionId());
                assertThat(event.occurredAt() - shownAt.get(click.ad().impressionId()))
                        .isBetween(700L, 9_000L);
                assertThat(clicked.add(click.ad().impressionId())).isTrue();
            }
        }
        assertThat(clicked).isNotEmpty();
    }

    @Test
    void shoppersBuyLaterThanThreeSecondsAfterAClick() {
        Map<String, Long> clickedAt = new HashMap<>();

        for (ShopEvent event : shoppers) {
            String visitor = event.visit().visitorId();
            if (event.payload() instanceof AdClicked) {
                clickedAt.put(visitor, event.occurredAt());
            } else if (event.payload() instanceof Ordered && clickedAt.containsKey(visitor)) {
                assertThat(event.occurredAt() - clickedAt.get(visitor)).isGreaterThan(3_000);
            }
        }
    }

    @Test
    void mostVisitsOfAVisitorAreMoreThanHalfAnHourApart() {
        Map<String, Long> lastAt = new HashMap<>();
        long longGaps = 0;
        long direct = 0;

        for (ShopEvent event : shoppers) {
            Long last = lastAt.put(event.visit().visitorId(), event.occurredAt());
            boolean entry =
                    event.payload() instanceof Payload.PageShown && event.page().parentPageId() == null;
            if (last != null && entry) {
                direct++;
                longGaps += event.occurredAt() - last > 30 * 60_000 ? 1 : 0;
            }
        }

        assertThat(direct).isGreaterThan(1_000);
        assertThat(longGaps / (double) direct).isGreaterThan(0.9);
    }

    @Test
    void someBrowsersAreUsedByTwoCustomersAndSomeCustomersHaveTwo() {
        Map<String, Set<String>> customersOf = new HashMap<>();
        Map<String, Set<String>> visitorsOf = new HashMap<>();

        for (ShopEvent event : shoppers) {
            if (event.customerId() != null) {
                customersOf
                        .computeIfAbsent(event.visit().visitorId(), id -> new HashSet<>())
                        .add(event.customerId());
                visitorsOf
                        .computeIfAbsent(event.customerId(), id -> new HashSet<>())
                        .add(event.visit().visitorId());
            }
        }

        assertThat(customersOf.values()).extracting(Set::size).contains(1, 2).allMatch(size -> size <= 2);
        assertThat(visitorsOf.values()).extracting(Set::size).contains(1, 2);
    }

    @Test
    void theTreatmentOfTheCheckoutExperimentCompletesAFifthMoreCheckouts() {
        Map<String, long[]> shownAndBought = new HashMap<>();
        Map<String, String> variantOf = new HashMap<>();

        for (ShopEvent event : shoppers) {
            String visitor = event.visit().visitorId();
            if (event.payload() instanceof Exposed exposed
                    && exposed.experimentId().equals(Experiments.CHECKOUT_BUTTON.id())) {
                String before = variantOf.put(visitor, exposed.variantId());
                assertThat(before == null || before.equals(exposed.variantId())).isTrue();
                shownAndBought.computeIfAbsent(exposed.variantId(), id -> new long[2])[0]++;
            } else if (event.payload() instanceof Ordered) {
                shownAndBought.get(variantOf.get(visitor))[1]++;
            }
        }

        double control = rate(shownAndBought.get("control"));
        double treatment = rate(shownAndBought.get("treatment"));
        assertThat(control).isCloseTo(Experiments.CHECKOUT_COMPLETION, within(0.03));
        assertThat(treatment / control).isCloseTo(1.20, within(0.08));
        assertThat(shownAndBought.get("control")[0] / (double) shownAndBought.get("treatment")[0])
                .isCloseTo(1, within(0.1));
    }

    @Test
    void freeShippingChangesWhatAnOrderBrings() {
        Map<String, String> variantOf = new HashMap<>();
        Map<String, Long> paid = new HashMap<>();
        Map<String, Long> lines = new HashMap<>();

        for (ShopEvent event : shoppers) {
            String visitor = event.visit().visitorId();
            if (event.payload() instanceof Exposed exposed
                    && exposed.experimentId().equals(Experiments.FREE_SHIPPING.id())) {
                variantOf.put(visitor, exposed.variantId());
            } else if (event.payload() instanceof Ordered order
                    && order.currency().equals("EUR")) {
                paid.merge(variantOf.get(visitor), order.amountMicros(), Long::sum);
                lines.merge(variantOf.get(visitor), value(order), Long::sum);
            }
        }

        assertThat(paid.get("control") / (double) lines.get("control")).isCloseTo(1, within(0.001));
        assertThat(paid.get("over-50") / (double) lines.get("over-50")).isCloseTo(1.12, within(0.001));
        assertThat(paid.get("always") / (double) lines.get("always")).isCloseTo(0.94, within(0.001));
    }

    private static long value(Ordered order) {
        return order.lines().stream()
                .mapToLong(line -> line.quantity() * line.priceMicros())
                .sum();
    }

    private static double rate(long[] shownAndBought) {
        return shownAndBought[1] / (double) shownAndBought[0];
    }
}
