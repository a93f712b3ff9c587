package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RetimingTest {

    private static final Retiming AN_HOUR_LATER = new Retiming(3_600_000);

    @Test
    void allFourTimesMoveByTheSameDistance() {
        String moved =
                move("{\"timestamp\":\"2026-01-05T08:00:00.000Z\",\"originalTimestamp\":\"2026-01-05T07:59:58Z\","
                        + "\"sentAt\":\"2026-01-05T09:00:01.5+01:00\",\"receivedAt\":\"2026-01-05T08:00:02.250Z\"}");

        assertThat(moved)
                .isEqualTo(
                        "{\"timestamp\":\"2026-01-05T09:00:00.000Z\",\"originalTimestamp\":\"2026-01-05T08:59:58.000Z\","
                                + "\"sentAt\":\"2026-01-05T09:00:01.500Z\",\"receivedAt\":\"2026-01-05T09:00:02.250Z\"}");
    }

    @Test
    void eventsOfABatchMoveToo() {
        String moved = move(
                "{\"batch\":[{\"timestamp\":\"2026-01-05T08:00:00.000Z\"},7],\"sentAt\":\"2026-01-05T08:00:00.000Z\"}");

        assertThat(moved)
                .isEqualTo(
                        "{\"batch\":[{\"timestamp\":\"2026-01-05T09:00:00.000Z\"},7],\"sentAt\":\"2026-01-05T09:00:00.000Z\"}");
    }

    @Test
    void nothingElseChangesNotEvenTheSpelling() {
        String message =
                "{ \"é\" : 1.10,\"properties\":{\"timestamp\":\"2026-01-05T08:00:00.000Z\"}, \"timestamp\" : 5 }";

        assertThat(move(message)).isEqualTo(message);
    }

    @Test
    void textBeyondAsciiDoesNotShiftWhatIsMoved() {
        String moved = move("{\"title\":\"Grüße 🎉\",\"timestamp\":\"2026-01-05T08:00:00.000Z\",\"a\":\"é\"}");

        assertThat(moved).isEqualTo("{\"title\":\"Grüße 🎉\",\"timestamp\":\"2026-01-05T09:00:00.000Z\",\"a\":\"é\"}");
    }

    @Test
    void brokenMessagesStayAsTheyAre() {
        String message = "{\"timestamp\":\"2026-01-05T08:00:00.000Z\",\"a\":";

        assertThat(move(message)).isEqualTo(message);
    }

    private static String move(String message) {
        return new String(AN_HOUR_LATER.move(message.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
