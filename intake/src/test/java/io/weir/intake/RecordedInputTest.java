package io.weir.intake;

import static io.weir.intake.IntakeHarness.START;
import static io.weir.intake.IntakeHarness.WEB;
import static io.weir.intake.RawLine.page;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.weir.core.time.RecordedClock;
import io.weir.core.time.StreamClock.Stage;
import io.weir.core.topic.Topics;
import io.weir.schemas.AlertStatus;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.Event;
import io.weir.schemas.EventQuality;
import io.weir.schemas.QualityAlert;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recorded input: nothing leaves because of time until the input has ended, then everything does. */
class RecordedInputTest {

    private static final Path NASA = Path.of("../../shared/data/nasa-http-1995-08-01.ndjson.gz");

    private final RecordedClock clock = new RecordedClock();

    @Test
    void eventsOfAnyTimeAreAcceptedAndKnownAgain() {
        try (IntakeHarness intake = IntakeHarness.recorded(clock)) {
            Instant first = Instant.parse("1971-01-01T00:00:00Z");
            Instant last = Instant.parse("2100-12-31T23:59:59.999Z");

            intake.send(page("e-1", "v-1").at(last));
            intake.send(page("e-2", "v-1").at(first));
            intake.send(page("e-1", "v-1").at(first));

            assertThat(intake.events())
                    .extracting(Event::getEventId, e -> e.getOrigin().getClock())
                    .containsExactly(tuple("e-1", last), tuple("e-2", last));
        }
    }

    @Test
    void aDeadLetterIsDatedByTheRawRecord() {
        try (IntakeHarness intake = IntakeHarness.recorded(clock)) {
            intake.send(page("e-1", null).logged(START.minusSeconds(7)));

            assertThat(intake.values(Topics.DEAD_LETTER))
                    .extracting(DeadLetter::getRefusedAt)
                    .containsExactly(START.minusSeconds(7));
        }
    }

    @Test
    void qualityLeavesOnceAtTheEndInOrder() {
        try (IntakeHarness intake = IntakeHarness.recorded(clock)) {
            for (int minute = 3; minute >= 0; minute--) {
                intake.send(page("e-" + minute, "v-1").logged(START.plus(Duration.ofMinutes(minute))));
                intake.advance(Duration.ofMinutes(5));
            }
            intake.send(page("e-9", "v-1").logged(START));
            assertThat(intake.values(Topics.QUALITY)).isEmpty();

            end(intake);

            assertThat(intake.values(Topics.QUALITY))
                    .extracting(EventQuality::getMinute, EventQuality::getAccepted)
                    .containsExactly(
                            tuple(START, 2L),
                            tuple(START.plusSeconds(60), 1L),
                            tuple(START.plusSeconds(120), 1L),
                            tuple(START.plusSeconds(180), 1L));
            assertThat(clock.settled(Stage.TOTALS)).isTrue();
        }
    }

    @Test
    void everyAlertThatStartsAlsoEnds() {
        try (IntakeHarness intake = IntakeHarness.recorded(clock)) {
            for (int i = 0; i < 100; i++) {
                intake.send(page("e-" + i, i < 10 ? null : "v-1").logged(START));
            }

            end(intake);

            assertThat(intake.values(Topics.QUALITY_ALERTS))
                    .extracting(QualityAlert::getStatus, QualityAlert::getStartedAt, QualityAlert::getEndedAt)
                    .containsExactly(
                            tuple(AlertStatus.STARTED, START.plusSeconds(60), null),
                            tuple(AlertStatus.ENDED, START.plusSeconds(60), START.plusSeconds(360)));
        }
    }

    @Test
    @Tag("full")
    void ofTheRecordedDayOfNasaEveryRequestIsAccepted() throws IOException {
        assumeThat(NASA).as("recorded data beside the checkout").exists();
        try (IntakeHarness intake = IntakeHarness.recorded(clock)) {
            List<String> lines = lines(NASA);

            lines.forEach(line -> intake.sendBytes(WEB, line.getBytes(UTF_8), START));
            int accepted = intake.events().size();
            lines.forEach(line -> intake.sendBytes(WEB, line.getBytes(UTF_8), START));
            end(intake);

            assertThat(accepted).isEqualTo(30_969);
            assertThat(intake.events()).isEmpty();
            assertThat(intake.values(Topics.DEAD_LETTER)).isEmpty();
            assertThat(intake.values(Topics.QUALITY))
                    .extracting(EventQuality::getAccepted, EventQuality::getDuplicates, EventQuality::getDeadLetters)
                    .containsExactly(tuple(30_969L, 30_969L, Map.of()));
        }
    }

    private void end(IntakeHarness intake) {
        clock.end(Stage.EVENTS);
        intake.advance(Duration.ofSeconds(1));
        assertThat(clock.settled(Stage.EVENTS)).isTrue();
        clock.end(Stage.TOTALS);
        intake.advance(Duration.ofSeconds(1));
    }

    private static List<String> lines(Path file) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            return reader.lines().toList();
        }
    }
}
