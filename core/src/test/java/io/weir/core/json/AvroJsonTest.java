package io.weir.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.Samples;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.Event;
import io.weir.schemas.MessageHeader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AvroJsonTest {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    @Test
    void unionsAreUnwrappedTimesAreIsoAndMapKeysSorted() {
        assertThat(AvroJson.write(Samples.interaction()))
                .isEqualTo("{\"event_id\":\"e-1\",\"kind\":\"interaction\","
                        + "\"occurred_at\":\"2026-01-31T12:00:00.120Z\",\"received_at\":\"2026-01-31T12:00:01.000Z\","
                        + "\"visitor_id\":\"v-ü\",\"customer_id\":null,\"page\":null,\"acquisition\":null,\"client\":null,"
                        + "\"origin\":{\"topic\":\"collector.web\",\"partition\":3,\"offset\":42,"
                        + "\"clock\":\"2026-01-31T12:00:00.120Z\"},"
                        + "\"page_view\":null,\"impression\":null,\"click\":null,\"video\":null,\"purchase\":null,"
                        + "\"exposure\":null,\"app_signal\":null,\"interaction\":{\"name\":\"Product Added\","
                        + "\"properties\":{\"gift\":true,\"price\":9.5,\"quantity\":2,\"sku\":\"s-1\"}}}");
    }

    @Test
    void whatIsPrintedIsReadBack() {
        String json = AvroJson.write(Samples.interaction());

        assertThat(AvroJsonReader.read(MAPPER.readTree(json), Event.class)).isEqualTo(Samples.interaction());
    }

    @Test
    void bytesAreBase64() {
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason(DeadLetterReason.MALFORMED)
                .setMessage("m")
                .setSourceTopic("t")
                .setSourcePartition(0)
                .setSourceOffset(1)
                .setSourceTimestamp(Instant.EPOCH)
                .setHeaders(List.of(new MessageHeader("h", null)))
                .setValue(ByteBuffer.wrap(new byte[] {0, (byte) 0xff}))
                .setRefusedBy("b")
                .setRefusedAt(Instant.EPOCH)
                .build();

        String json = AvroJson.write(letter);

        assertThat(json).contains("\"value\":\"AP8=\"");
        assertThat(AvroJsonReader.read(MAPPER.readTree(json), DeadLetter.class)).isEqualTo(letter);
    }

    @Test
    void aWrongShapeIsNamedByItsPointer() {
        String json = AvroJson.write(Samples.interaction()).replace("\"partition\":3", "\"partition\":\"three\"");

        assertThatThrownBy(() -> AvroJsonReader.read(MAPPER.readTree(json), Event.class))
                .isInstanceOf(JsonShapeException.class)
                .hasMessage("/origin/partition: expected an int");
    }

    @Test
    void aFieldThatTheSchemaDoesNotHaveIsRefused() {
        String json = AvroJson.write(Samples.interaction()).replace("\"event_id\"", "\"id\"");

        assertThatThrownBy(() -> AvroJsonReader.read(MAPPER.readTree(json), Event.class))
                .hasMessage("/id: there is no such field in Event");
    }
}
