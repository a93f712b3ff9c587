package io.weir.intake;

import static io.weir.intake.IntakeHarness.APP;
import static io.weir.intake.IntakeHarness.START;
import static io.weir.intake.IntakeHarness.WEB;
import static io.weir.intake.RawLine.page;
import static io.weir.intake.RawLine.track;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.core.feature.Build;
import io.weir.core.topic.Topics;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.MessageHeader;
import io.weir.schemas.Origin;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class AdmissionFlowTest {

    @Test
    void anEventGoesToTheTopicOfItsKindUnderItsVisitorAtItsTime() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            Instant occurredAt = START.minusSeconds(90);

            intake.send(page("e-1", "v-1").keyed("anything").at(occurredAt));
            intake.send(track("Wishlist Opened", "e-2", "v-2").at(START));

            List<TestRecord<String, Event>> pageViews = intake.records(Topics.PAGE_VIEWS);
            assertThat(pageViews).hasSize(1);
            assertThat(pageViews.get(0).key()).isEqualTo("v-1");
            assertThat(pageViews.get(0).timestamp()).isEqualTo(occurredAt.toEpochMilli());
            assertThat(pageViews.get(0).headers()).isEmpty();
            Event event = pageViews.get(0).value();
            assertThat(event.getEventId()).isEqualTo("e-1");
            assertThat(event.getKind()).isEqualTo(EventKind.page_view);
            assertThat(event.getVisitorId()).isEqualTo("v-1");
            assertThat(event.getOccurredAt()).isEqualTo(occurredAt);
            assertThat(event.getOrigin()).isEqualTo(new Origin(WEB, 0, 0L, occurredAt));
            assertThat(intake.values(Topics.INTERACTIONS))
                    .extracting(Event::getEventId)
                    .containsExactly("e-2");
            assertThat(intake.values(Topics.DEAD_LETTER)).isEmpty();
        }
    }

    @Test
    void theClockIsTheLargestTimeAcceptedFromTheRawPartition() {
        try (IntakeHarness intake = IntakeHarness.live(
                "weir.intake.sources[1].topic", APP, "weir.intake.sources[1].format", "segment-json")) {
            intake.send(page("e-1", "v-1").at(START.minusSeconds(20)));
            intake.send(page("e-2", "v-2").at(START.minusSeconds(10)));
            intake.send(page("e-3", "v-1").at(START.minusSeconds(30)));
            intake.send(page("e-4", "v-1").to(APP).at(START.minusSeconds(40)));

            assertThat(intake.events())
                    .extracting(
                            Event::getEventId,
                            e -> e.getOrigin().getTopic(),
                            e -> e.getOrigin().getClock())
                    .containsExactlyInAnyOrder(
                            tuple("e-1", WEB, START.minusSeconds(20)),
                            tuple("e-2", WEB, START.minusSeconds(10)),
                            tuple("e-3", WEB, START.minusSeconds(10)),
                            tuple("e-4", APP, START.minusSeconds(40)));
        }
    }

    @Test
    void whatIsRefusedNeverMovesTheClockAndACopyDoes() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            intake.send(page("e-1", "v-1").at(START.minusSeconds(20)));
            intake.send(page("e-2", "v-1").at(START.plus(Duration.ofDays(300))));
            intake.send(page("e-3", null).at(START.minusSeconds(5)));
            intake.send(page("e-1", "v-1").at(START.minusSeconds(10)));
            intake.send(page("e-4", "v-1").at(START.minusSeconds(15)));

            assertThat(intake.events())
                    .extracting(Event::getEventId, e -> e.getOrigin().getClock())
                    .containsExactly(tuple("e-1", START.minusSeconds(20)), tuple("e-4", START.minusSeconds(10)));
        }
    }

    @Test
    void theClockIsKeptInAStoreWithAChangelog() {
        try (IntakeHarness before = IntakeHarness.live();
                IntakeHarness after = IntakeHarness.live()) {
            before.send(page("e-1", "v-1").at(START.minusSeconds(1)));

            // What a restart does: the store of the task as it was.
            try (KeyValueIterator<byte[], byte[]> all = before.driver()
                    .<byte[], byte[]>getKeyValueStore("intake-clock")
                    .all()) {
                while (all.hasNext()) {
                    KeyValue<byte[], byte[]> entry = all.next();
                    assertThat(new String(entry.key, UTF_8)).isEqualTo("collector.web-0");
                    after.driver()
                            .<byte[], byte[]>getKeyValueStore("intake-clock")
                            .put(entry.key, entry.value);
                }
            }
            after.send(page("e-2", "v-1").at(START.minusSeconds(30)));

            assertThat(after.events()).extracting(e -> e.getOrigin().getClock()).containsExactly(START.minusSeconds(1));
            assertThat(before.driver().producedTopicNames()).contains("weir-intake-intake-clock-changelog");
        }
    }

    @Test
    void whatIsRefusedBecomesADeadLetterWithAllOfTheRawRecord() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            RawLine line = track("Wishlist Opened", "e-1", null)
                    .keyed("k-1")
                    .at(START)
                    .logged(START.minusSeconds(3))
                    .replayed("2");

            intake.send(line);

            List<TestRecord<String, DeadLetter>> letters = intake.records(Topics.DEAD_LETTER);
            assertThat(letters).hasSize(1);
            assertThat(letters.get(0).key()).isEqualTo("e-1");
            assertThat(letters.get(0).timestamp())
                    .isEqualTo(START.minusSeconds(3).toEpochMilli());
            DeadLetter letter = letters.get(0).value();
            assertThat(letter.getMessage()).isNotEmpty();
            assertThat(letter)
                    .isEqualTo(DeadLetter.newBuilder()
                            .setReason(DeadLetterReason.MISSING_FIELD)
                            .setMessage(letter.getMessage())
                            .setField(letter.getField())
                            .setEventId("e-1")
                            .setEventName("Wishlist Opened")
                            .setSourceTopic(WEB)
                            .setSourcePartition(0)
                            .setSourceOffset(0)
                            .setSourceTimestamp(START.minusSeconds(3))
                            .setHeaders(
                                    List.of(new MessageHeader("weir-replays", ByteBuffer.wrap("2".getBytes(UTF_8)))))
                            .setKey(ByteBuffer.wrap("k-1".getBytes(UTF_8)))
                            .setValue(ByteBuffer.wrap(line.json().getBytes(UTF_8)))
                            .setReplays(2)
                            .setRefusedBy(Build.version())
                            .setRefusedAt(START)
                            .build());
            assertThat(intake.events()).isEmpty();
        }
    }

    @Test
    void aDeadLetterWithoutAnEventIdIsKeyedByItsPosition() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            intake.send(page("e-1", "v-1"));
            intake.sendBytes(WEB, "{\"type\":".getBytes(UTF_8), START);
            intake.sendBytes(WEB, null, START);

            assertThat(intake.records(Topics.DEAD_LETTER))
                    .extracting(TestRecord::key, letter -> letter.value().getReplays())
                    .containsExactly(tuple("collector.web-0-1", 0), tuple("collector.web-0-2", 0));
        }
    }

    @Test
    void aReplaysHeaderThatIsNoNumberCountsAsNone() {
        try (IntakeHarness intake = IntakeHarness.live()) {
            intake.send(page("e-1", null).replayed("-1"));
            intake.send(page("e-2", null).replayed("many"));
            intake.send(page("e-3", null).replayed("99999999999"));
            intake.send(page("e-4", null).replayed(""));

            assertThat(intake.values(Topics.DEAD_LETTER))
                    .extracting(DeadLetter::getReplays)
                    .containsExactly(0, 0, 0, 0);
        }
    }
}
