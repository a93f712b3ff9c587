package io.weir.intake;

import static io.weir.intake.IntakeHarness.START;
import static io.weir.intake.IntakeHarness.WEB;
import static io.weir.intake.RawLine.page;
import static io.weir.intake.RawLine.track;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.core.topic.Topics;
import io.weir.schemas.AlertStatus;
import io.weir.schemas.EventQuality;
import io.weir.schemas.QualityAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class QualityFlowTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aMinuteIsGivenOutOnceItHasPassedCountedByLabel() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            intake.send(page("e-1", "v-1"));
            intake.send(page("e-1", "v-1"));
            intake.send(page("e-2", "v-1").at(START.minus(Duration.ofHours(2))));
            intake.send(page("e-3", "v-1").version("2.0"));
            intake.send(track("Order Placed", "e-4", null));
            intake.sendBytes(WEB, "no json".getBytes(UTF_8), START.plusSeconds(59));

            intake.advance(Duration.ofSeconds(64));
            assertThat(intake.values(Topics.QUALITY)).isEmpty();
            intake.advance(SECOND);

            assertThat(intake.records(Topics.QUALITY))
                    .extracting(TestRecord::key, TestRecord::timestamp, TestRecord::value)
                    .containsExactly(
                            row(
                                    "collector.web|",
                                    quality("")
                                            .setLibrary(null)
                                            .setLibraryVersion(null)
                                            .setDeadLetters(Map.of("MALFORMED", 1L))),
                            row(
                                    "collector.web|page_view",
                                    quality("page_view")
                                            .setAccepted(2)
                                            .setDuplicates(1)
                                            .setLate(1)),
                            row(
                                    "collector.web|page_view",
                                    quality("page_view")
                                            .setLibraryVersion("2.0")
                                            .setAccepted(1)),
                            row(
                                    "collector.web|Order Placed",
                                    quality("Order Placed").setDeadLetters(Map.of("MISSING_FIELD", 1L))));
        }
    }

    @Test
    void aMinuteIsGivenOutAgainWholeWhenItChanges() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            intake.send(page("e-1", "v-1"));
            intake.advance(Duration.ofSeconds(70));
            assertThat(intake.values(Topics.QUALITY)).hasSize(1);

            intake.send(page("e-2", "v-1").logged(START.plusSeconds(30)));
            intake.advance(SECOND);
            intake.advance(SECOND);
            intake.advance(MINUTE);

            assertThat(intake.values(Topics.QUALITY))
                    .containsExactly(quality("page_view").setAccepted(2).build());
        }
    }

    @Test
    void aMinuteIsForgottenEightDaysAfterItsLastChange() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            intake.send(page("e-1", "v-1"));
            intake.advance(Duration.ofSeconds(70));
            assertThat(stored(intake)).isEqualTo(1);

            intake.leap(Duration.ofDays(8).minusSeconds(71));
            assertThat(stored(intake)).isEqualTo(1);
            intake.advance(Duration.ofSeconds(75));

            assertThat(stored(intake)).isZero();
            assertThat(intake.values(Topics.QUALITY)).hasSize(1);
        }
    }

    @Test
    void lateIsByTheClockOfTheRawPartition() {
        try (IntakeHarness intake = IntakeHarness.live("weir.intake.late-after", "10m")) {
            intake.send(page("e-1", "v-1").at(START.minus(Duration.ofHours(3))));
            intake.send(page("e-2", "v-1").at(START));
            intake.send(page("e-3", "v-1").at(START.minus(Duration.ofMinutes(10))));
            intake.send(
                    page("e-4", "v-1").at(START.minus(Duration.ofMinutes(10)).minusMillis(1)));
            intake.advance(Duration.ofSeconds(70));

            assertThat(intake.values(Topics.QUALITY))
                    .containsExactly(
                            quality("page_view").setAccepted(4).setLate(1).build());
        }
    }

    @Test
    void whatClientsSayOfThemselvesIsSummedWithoutCopies() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            RawLine first = track("Collector Health", "e-1", "v-1").with("{\"sent\":100,\"dropped\":3,\"retried\":7}");
            intake.send(first);
            intake.send(first);
            intake.send(track("Collector Health", "e-2", "v-2").with("{\"sent\":50,\"retried\":-4,\"dropped\":\"x\"}"));
            intake.send(track("Collector Health", "e-3", "v-2").version("2.0").with("{\"sent\":1}"));
            intake.advance(Duration.ofSeconds(70));

            assertThat(intake.values(Topics.QUALITY))
                    .containsExactlyInAnyOrder(
                            quality("Collector Health")
                                    .setAccepted(2)
                                    .setDuplicates(1)
                                    .setClientSent(150)
                                    .setClientDropped(3)
                                    .setClientRetried(7)
                                    .build(),
                            quality("Collector Health")
                                    .setLibraryVersion("2.0")
                                    .setAccepted(1)
                                    .setClientSent(1)
                                    .build());
        }
    }

    @Test
    void aBrokenReleaseStartsOneAlertAndEndsOne() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            traffic(intake, 100, 0);
            traffic(intake, 100, 0);
            traffic(intake, 100, 30);
            traffic(intake, 100, 30);
            for (int i = 0; i < 10; i++) {
                traffic(intake, 100, 0);
            }
            intake.advance(MINUTE);

            Instant broken = START.plus(Duration.ofMinutes(3));
            QualityAlert.Builder alert = QualityAlert.newBuilder()
                    .setSource(WEB)
                    .setEventName("page_view")
                    .setWindowMs(300_000)
                    .setThresholdPercent(5)
                    .setStartedAt(broken);
            // 30 of 300 is above 5 % at once; 30 + 30 leave the window minute by minute, the last after the 9th.
            Instant over = START.plus(Duration.ofMinutes(9));
            assertThat(intake.records(Topics.QUALITY_ALERTS))
                    .extracting(TestRecord::key, record -> record.getRecordTime(), TestRecord::value)
                    .containsExactly(
                            tuple(
                                    "collector.web|page_view",
                                    broken,
                                    alert.setStatus(AlertStatus.STARTED)
                                            .setTotal(300)
                                            .setInvalid(30)
                                            .setReasons(Map.of("MISSING_FIELD", 30L))
                                            .build()),
                            tuple(
                                    "collector.web|page_view",
                                    over,
                                    alert.setStatus(AlertStatus.ENDED)
                                            .setTotal(500)
                                            .setInvalid(0)
                                            .setReasons(Map.of())
                                            .setEndedAt(over)
                                            .build()));
        }
    }

    @Test
    void anAlertEndsWhenTheTrafficStops() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            traffic(intake, 100, 50);
            intake.advance(Duration.ofMinutes(10));

            assertThat(intake.values(Topics.QUALITY_ALERTS))
                    .extracting(QualityAlert::getStatus, QualityAlert::getTotal, QualityAlert::getEndedAt)
                    .containsExactly(
                            tuple(AlertStatus.STARTED, 100L, null),
                            tuple(AlertStatus.ENDED, 0L, START.plus(Duration.ofMinutes(6))));
        }
    }

    @Test
    void tooFewMessagesAreNoAlert() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            traffic(intake, 99, 99);
            intake.advance(Duration.ofMinutes(10));

            assertThat(intake.values(Topics.QUALITY_ALERTS)).isEmpty();
        }
    }

    /** One minute of messages, some of them without a visitor. */
    private static void traffic(IntakeHarness intake, int messages, int broken) {
        Instant now = intake.now();
        for (int i = 0; i < messages; i++) {
            String id = now.getEpochSecond() + "-" + i;
            intake.send(page(id, i < broken ? null : "v-1").at(now).logged(now));
        }
        intake.advance(MINUTE);
    }

    private static Tuple row(String key, EventQuality.Builder quality) {
        return tuple(key, START.toEpochMilli(), quality.build());
    }

    private static EventQuality.Builder quality(String eventName) {
        return EventQuality.newBuilder()
                .setMinute(START)
                .setSource(WEB)
                .setEventName(eventName)
                .setLibrary("analytics.js")
                .setLibraryVersion("1.0")
                .setAccepted(0)
                .setDuplicates(0)
                .setLate(0);
    }

    private static long stored(IntakeHarness intake) {
        try (KeyValueIterator<byte[], byte[]> all = intake.driver()
                .<byte[], byte[]>getKeyValueStore("intake-quality")
                .all()) {
            long entries = 0;
            while (all.hasNext()) {
                all.next();
                entries++;
            }
            return entries;
        }
    }
}
