package io.weir.core.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.weir.core.Samples;
import io.weir.core.topic.Topics;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class AvroSerdesTest {

    private static final String TOPIC = "events.interactions";

    private final SchemaRegistry registry = new SchemaRegistry("mock://avro-serdes-test", Map.of(), true);
    private final Serde<Event> serde = new AvroSerdes(registry).of(Topics.INTERACTIONS);

    @Test
    void whatIsWrittenIsRead() {
        byte[] bytes = serde.serializer().serialize(TOPIC, Samples.interaction());

        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(Samples.interaction());
    }

    @Test
    void confluentsOwnSerdesReadWhatWeWriteAndWriteWhatWeRead() {
        Map<String, Object> confluent = Map.of("schema.registry.url", "mock://avro-serdes-test");
        try (KafkaAvroDeserializer theirReader = new KafkaAvroDeserializer();
                KafkaAvroSerializer theirWriter = new KafkaAvroSerializer()) {
            theirReader.configure(confluent, false);
            theirWriter.configure(confluent, false);

            byte[] ours = serde.serializer().serialize(TOPIC, Samples.interaction());
            byte[] theirs = theirWriter.serialize(TOPIC, Samples.interaction());

            assertThat(((GenericRecord) theirReader.deserialize(TOPIC, ours)).get("visitor_id"))
                    .hasToString("v-ü");
            assertThat(serde.deserializer().deserialize(TOPIC, theirs)).isEqualTo(Samples.interaction());
        }
    }

    @Test
    void oneSerdeServesManyThreads() {
        byte[] expected = serde.serializer().serialize(TOPIC, Samples.interaction());

        boolean same = IntStream.range(0, 20_000)
                .parallel()
                .allMatch(i -> Arrays.equals(expected, serde.serializer().serialize(TOPIC, Samples.interaction()))
                        && Samples.interaction().equals(serde.deserializer().deserialize(TOPIC, expected)));

        assertThat(same).isTrue();
    }

    @Test
    void anUnknownSchemaIdIsAFaultOfTheData() {
        byte[] bytes = ByteBuffer.allocate(6).put((byte) 0).putInt(987_654).array();

        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, bytes))
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA))
                .hasMessage("The schema registry has no schema with id 987654.");
    }

    @Test
    void bytesThatAreNotConfluentsFormatAreMalformed() {
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, new byte[] {'{', '}', 0, 0, 0, 0}))
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.MALFORMED));
    }

    @Test
    void truncatedDataIsMalformed() {
        byte[] bytes = serde.serializer().serialize(TOPIC, Samples.interaction());
        byte[] truncated = Arrays.copyOf(bytes, bytes.length / 2);

        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, truncated))
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.MALFORMED));
    }

    @Test
    void aSchemaThatCannotBeResolvedToOursIsIncompatible() throws Exception {
        int id = MockSchemaRegistry.getClientForScope("avro-serdes-test")
                .register("elsewhere-value", new AvroSchema("{\"type\":\"string\"}"));
        byte[] bytes = ByteBuffer.allocate(7)
                .put((byte) 0)
                .putInt(id)
                .put((byte) 2)
                .put((byte) 'x')
                .array();

        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, bytes))
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.INCOMPATIBLE_SCHEMA));
    }

    @Test
    void aRegistryThatCannotBeReachedIsNoFaultOfTheData() {
        SchemaRegistry away =
                new SchemaRegistry("http://127.0.0.1:1", Map.of("max.retries", "0", "retries.wait.ms", "1"), false);
        Serde<Event> cut = new AvroSerdes(away).of(Topics.INTERACTIONS);
        byte[] bytes = ByteBuffer.allocate(6).put((byte) 0).putInt(1).array();

        assertThatThrownBy(() -> cut.deserializer().deserialize(TOPIC, bytes))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aSchemaThatIsNotRegisteredIsNamedWithTheCommandThatRegistersIt() {
        SchemaRegistry strict = new SchemaRegistry("mock://avro-serdes-strict", Map.of(), false);

        assertThatThrownBy(() -> new AvroSerdes(strict)
                        .serializer(Event.class)
                        .serialize("events.clicks", Samples.interaction()))
                .isInstanceOf(SchemaNotRegisteredException.class)
                .hasMessage("The schema registry has no such schema for subject events.clicks-value: "
                        + "run \"weir schemas register\" with the same settings first.");
    }
}
