package io.weir.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.schemas.EventKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrafficProportionsTest {
    private static final int EVENTS = 200_000;
    private static final TrafficSettings SETTINGS = TrafficSettings.builder()
            .events(EVENTS)
            .rate(100)
            .dayCurve(false)
            .visitors(100_000)
            .lateTo(Duration.ofMinutes(3))
            .build();

    private static List<Label> labels;

    @BeforeAll
    static void make() {
        labels = Labels.of(SETTINGS);
    }

    @Test
    void thereAreExactlyAsManyEventsAsAskedFor() {
        assertThat(labels).hasSize(EVENTS);
    }

    @Test
    void sharesAreThoseOfTheSettings() {
        double originals = labels.stream().filter(label -> !label.duplicate()).count();

        assertThat(count(Label::late) / (double) EVENTS).isCloseTo(SETTINGS.lateShare(), within(0.005));
        assertThat(count(Label::duplicate) / originals).isCloseTo(SETTINGS.duplicateShare(), within(0.001));
        assertThat(count(label -> label.breakage().isPresent()) / originals)
                .isCloseTo(SETTINGS.brokenShare(), within(0.0007));
        assertThat(count(label -> label.fraud().isPresent()) / (double) EVENTS)
                .isCloseTo(SETTINGS.fraudShare(), within(0.004));
        assertThat(count(Label::bot) / (double) EVENTS).isCloseTo(SETTINGS.botShare(), within(0.004));
    }

    @Test
    void allKindsSchemesAndBreakagesOccur() {
        assertThat(labels)
                .extracting(Label::kind)
                .contains(
                        EventKind.page_view,
                        EventKind.impression,
                        EventKind.click,
                        EventKind.video,
                        EventKind.purchase,
                        EventKind.exposure,
                        EventKind.app_signal,
                        EventKind.interaction);
        assertThat(labels.stream().flatMap(label -> label.fraud().stream()).distinct())
                .containsExactlyInAnyOrder(FraudScheme.values());
        assertThat(labels.stream().flatMap(label -> label.breakage().stream()).distinct())
                .containsExactlyInAnyOrder(Breakage.values());
    }

    @Test
    void theRateIsRightFromTheFirstMinuteOn() {
        Map<Long, Long> perMinute = labels.stream()
                .filter(label -> !label.duplicate() && label.fraud().isEmpty())
                .collect(Collectors.groupingBy(
                        label -> (label.truth().occurredAt() - SETTINGS.start().toEpochMilli()) / 60_000,
                        Collectors.counting()));

        double expected = SETTINGS.rate() * 60 * (1 - SETTINGS.fraudShare());
        for (long minute = 0; minute < 25; minute++) {
            assertThat(perMinute.get(minute)).isCloseTo((long) expected, within((long) (expected * 0.2)));
        }
    }

    @Test
    void impressionsAndClicksAreAsManyAsTheCapsOfMerchantsTakeForGranted() {
        assertThat(count(label -> label.kind() == EventKind.impression) / (double) EVENTS)
                .isCloseTo(Merchants.IMPRESSIONS_PER_EVENT, within(0.05));
        assertThat(count(label -> label.kind() == EventKind.click) / (double) EVENTS)
                .isCloseTo(Merchants.CLICKS_PER_EVENT, within(0.008));
    }

    @Test
    void onlyDuplicatesRepeatAnEventIdAndTheyComeAfterTheOriginal() {
        Set<String> seen = new HashSet<>();

        for (Label label : labels) {
            assertThat(seen.add(label.truth().eventId())).isEqualTo(!label.duplicate());
        }
    }

    @Test
    void nothingIsBothBrokenAndSentAgain() {
        assertThat(labels)
                .noneMatch(label -> label.duplicate() && label.breakage().isPresent());
    }

    @Test
    void messagesComeInTheOrderOfTheirAppendingAndAfterTheirEvents() {
        Iterator<Message<byte[]>> messages = Traffic.from(SETTINGS).segmentJson();
        long last = Long.MIN_VALUE;

        for (int i = 0; i < 50_000; i++) {
            Message<byte[]> message = messages.next();
            assertThat(message.appendedAt()).isGreaterThanOrEqualTo(last);
            last = message.appendedAt();
            for (Label label : message.labels()) {
                long delay = message.appendedAt() - label.truth().occurredAt();
                assertThat(delay).isPositive();
                if (label.late()) {
                    assertThat(delay).isGreaterThanOrEqualTo(SETTINGS.lateFrom().toMillis());
                } else if (!label.duplicate()) {
                    assertThat(delay).isLessThan(Duration.ofSeconds(22).toMillis());
                }
            }
        }
    }

    @Test
    void aDurationEndsTheTraffic() {
        TrafficSettings oneMinute = TrafficSettings.builder()
                .duration(Duration.ofMinutes(1))
                .dayCurve(false)
                .build();
        long end = oneMinute.start().plusSeconds(60).toEpochMilli();

        Iterator<Message<byte[]>> messages = Traffic.from(oneMinute).segmentJson();
        long events = 0;
        while (messages.hasNext()) {
            Message<byte[]> message = messages.next();
            assertThat(message.appendedAt()).isLessThan(end);
            events += message.labels().size();
        }

        assertThat(events).isCloseTo((long) (oneMinute.rate() * 60), within(4_000L));
    }

    private static long count(Predicate<Label> predicate) {
        return labels.stream().filter(predicate).count();
    }
}
