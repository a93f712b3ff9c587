package io.weir.intake.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches of Segment's spec: each item stands for itself. */
class BatchTest {

    private static final String BATCH = """
            {"batch":[
              {"type":"screen","messageId":"a","anonymousId":"v","originalTimestamp":"2026-03-01T11:00:00Z"},
              {"type":"screen","messageId":"b","anonymousId":7,"originalTimestamp":"2026-03-01T11:00:00Z",
               "context":{"app":{"version":"8"},"locale":"fr-FR"}},
              9,
              {"type":"screen","anonymousId":"v","timestamp":"2026-03-01T11:30:00Z","context":{"app":null}}],
             "sentAt":"2026-03-01T11:00:01Z","receivedAt":"2026-03-01T11:10:01Z",
             "context":{"app":{"name":"Shop","version":"7"},"library":{"name":"swift"}}}""";

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void whatTheBatchSaysOnceHoldsForEachItemUnlessItSaysOtherwise() {
        List<Admission> admissions = desk.segment(BATCH);

        assertThat(admissions).hasSize(4);
        Admitted first = (Admitted) admissions.get(0);
        assertThat(first.event().getOccurredAt()).isEqualTo("2026-03-01T11:10:00Z");
        assertThat(first.event().getClient().getApp()).isEqualTo("Shop");
        assertThat(first.event().getClient().getAppVersion()).isEqualTo("7");
        assertThat(first.label()).isEqualTo(new EventLabel("segment", "page_view", "swift", null));
        Admitted last = (Admitted) admissions.get(3);
        assertThat(last.event().getClient().getApp()).isNull();
        assertThat(last.event().getOrigin().getOffset()).isEqualTo(42);
    }

    @Test
    void badItemIsARefusalOfItsOwnWhoseBytesAreAMessageOfItsOwn() {
        List<Admission> admissions = desk.segment(BATCH);

        assertThat(admissions.get(1))
                .usingRecursiveComparison()
                .isEqualTo(new Refused(
                        DeadLetterReason.WRONG_TYPE,
                        "/batch/1/anonymousId: expected a text, found a number.",
                        "/batch/1/anonymousId",
                        null,
                        null,
                        "b",
                        new EventLabel("segment", "page_view", "swift", null),
                        bytes("{\"type\":\"screen\",\"messageId\":\"b\",\"anonymousId\":7,"
                                + "\"originalTimestamp\":\"2026-03-01T11:00:00Z\","
                                + "\"context\":{\"app\":{\"name\":\"Shop\",\"version\":\"8\"},\"library\":{\"name\":\"swift\"},\"locale\":\"fr-FR\"},"
                                + "\"sentAt\":\"2026-03-01T11:00:01Z\",\"receivedAt\":\"2026-03-01T11:10:01Z\"}")));
        assertThat(admissions.get(2))
                .usingRecursiveComparison()
                .isEqualTo(new Refused(
                        DeadLetterReason.WRONG_TYPE,
                        "/batch/2: expected an object, found a number.",
                        "/batch/2",
                        null,
                        null,
                        null,
                        EventLabel.unread("segment"),
                        bytes("9")));
    }

    @Test
    void refusedItemIsRefusedForTheSameReasonWhenItComesBackAlone() {
        Refused inBatch = (Refused) desk.segment(BATCH).get(1);

        Refused alone = Desk.onlyRefused(desk.admit("segment", inBatch.value()));

        assertThat(alone.reason()).isEqualTo(inBatch.reason());
        assertThat(alone.field()).isEqualTo("/anonymousId");
        assertThat(alone.eventId()).isEqualTo("b");
    }

    @Test
    void missingMessageIdIsTheNameBasedUuidOfTheItemAsAMessageOfItsOwn() {
        Admitted item = (Admitted) desk.segment(BATCH).get(3);
        byte[] alone = bytes("{\"type\":\"screen\",\"anonymousId\":\"v\",\"timestamp\":\"2026-03-01T11:30:00Z\","
                + "\"context\":{\"app\":null,\"library\":{\"name\":\"swift\"}},"
                + "\"sentAt\":\"2026-03-01T11:00:01Z\",\"receivedAt\":\"2026-03-01T11:10:01Z\"}");

        Admitted again = Desk.onlyAdmitted(desk.admit("segment", alone));

        assertThat(item.event().getEventId())
                .isEqualTo(UUID.nameUUIDFromBytes(alone).toString())
                .isEqualTo(again.event().getEventId());
    }

    @Test
    void halfSurrogatesAndExactNumbersSurviveInTheBytesOfABadItem() {
        Refused refused = Desk.onlyRefused(
                desk.segment("{\"batch\":[{\"type\":\"group\",\"a\":\"\\ud800\",\"n\":1.10,\"h\":1E+400}]}"));

        assertThat(new String(refused.value(), StandardCharsets.UTF_8))
                .isEqualToIgnoringCase("{\"type\":\"group\",\"a\":\"\\ud800\",\"n\":1.10,\"h\":1E+400}");
    }

    @Test
    void largeContextIsNotMultipliedWithoutBound() {
        String context = "{\"a\":\"" + "x".repeat(500_000) + "\"}";
        String items = "{},".repeat(999) + "{}";

        Refused refused = Desk.onlyRefused(desk.segment("{\"context\":" + context + ",\"batch\":[" + items + "]}"));

        assertThat(refused.reason()).isEqualTo(DeadLetterReason.TOO_LARGE);
        assertThat(refused.field()).isEqualTo("/context");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
