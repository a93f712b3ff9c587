package io.weir.topology.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordTimeTest {

    private final RecordTime time = RecordTime.ofSegment();

    @Test
    void receivedAtIsPreferredWhereverItStands() {
        assertThat(next("{\"timestamp\":\"2026-01-05T08:00:00Z\",\"receivedAt\":\"2026-01-05T08:00:01Z\"}"))
                .isEqualTo("2026-01-05T08:00:01Z");
    }

    @Test
    void timestampStandsInForReceivedAt() {
        assertThat(next("{\"receivedAt\":\"yesterday\",\"timestamp\":\"2026-01-05T08:00:00Z\"}"))
                .isEqualTo("2026-01-05T08:00:00Z");
    }

    @Test
    void messageWithoutATimeCameWithTheLatestBefore() {
        next("{\"timestamp\":\"2026-01-05T08:00:00Z\"}");
        next("{\"timestamp\":\"2026-01-05T07:00:00Z\"}");

        assertThat(next("{\"timestamp\":17}")).isEqualTo("2026-01-05T08:00:00Z");
        assertThat(next("no JSON")).isEqualTo("2026-01-05T08:00:00Z");
    }

    @Test
    void timesBefore1971AndFrom2100OnAreNone() {
        assertThat(next("{\"timestamp\":\"1970-12-31T23:59:59Z\"}")).isEqualTo("1971-01-01T00:00:00Z");
        assertThat(next("{\"timestamp\":\"2100-01-01T00:00:00Z\"}")).isEqualTo("1971-01-01T00:00:00Z");
    }

    private String next(String message) {
        return Instant.ofEpochMilli(time.next(message.getBytes(StandardCharsets.UTF_8)))
                .toString();
    }
}
