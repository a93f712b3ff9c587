package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.serde.Schemas;
import io.weir.core.topic.Topics;
import io.weir.embedded.EmbeddedBroker;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.MessageHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a cluster, on a real broker. Each test has topics of its own, by their prefix. */
class ClusterCommandsTest {

    private static final String REGISTRY = "mock://cluster-commands";
    private static EmbeddedBroker broker;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        Schemas.trust();
        broker = EmbeddedBroker.builder().start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void topicsAreMissingUntilTheyAreCreated() {
        Output before = weir("a.", "topics", "check");
        Output create = weir("a.", "topics", "create");
        Output again = weir("a.", "topics", "create");
        Output after = weir("a.", "topics", "check");

        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.err())
                .startsWith("weir: The broker at " + broker.bootstrapServers() + " lacks topics a.events.page-views, ")
                .endsWith(": run \"weir topics create\" with the same settings." + System.lineSeparator());
        assertThat(create.exitCode()).isZero();
        assertThat(create.out().lines()).hasSize(Topics.all().size()).allMatch(line -> line.startsWith("created  a."));
        assertThat(again.out().lines()).allMatch(line -> line.startsWith("exists   a."));
        assertThat(after.exitCode()).isZero();
        assertThat(after.out()).contains("a.sessions", "4 partitions", "compact");
    }

    @Test
    void schemasAreRegisteredAndThenCompatible() {
        Output register = weir("b.", "schemas", "register");
        Output check = weir("b.", "schemas", "check");

        assertThat(register.exitCode()).isZero();
        assertThat(register.out().lines()).hasSize(Topics.all().size());
        assertThat(check)
                .isEqualTo(new Output(
                        0,
                        "tracking plan: none%nregistry: %d subjects%n"
                                .formatted(Topics.all().size()),
                        ""));
    }

    @Test
    void replayMovesTheLastEventToNowAndKeepsDistances() throws IOException {
        broker.createTopics(Map.of("c.raw", 1));
        Path file = Files.writeString(directory.resolve("two.ndjson"), """
                {"anonymousId":"v-1","timestamp":"2020-01-05T08:00:00.000Z"}
                {"anonymousId":"v-2","timestamp":"2020-01-05T08:10:00.000Z"}
                """);
        long before = System.currentTimeMillis();

        Output output = weir("c.", "replay", file.toString(), "--topic", "c.raw", "--speed", "max");

        assertThat(output).isEqualTo(new Output(0, "", "weir: 2 messages sent to c.raw.%n".formatted()));
        List<ConsumerRecord<String, String>> messages = read("c.raw");
        assertThat(messages).extracting(ConsumerRecord::key).containsExactly("v-1", "v-2");
        long last = messages.get(1).timestamp();
        assertThat(last).isBetween(before, System.currentTimeMillis());
        assertThat(messages.get(0).timestamp()).isEqualTo(last - 600_000);
        assertThat(messages.get(1).value())
                .contains(Instant.ofEpochMilli(last).toString().substring(0, 19));
    }

    @Test
    void replayWithoutRetimingLeavesMessagesAsTheyAre() throws IOException {
        broker.createTopics(Map.of("d.raw", 1));
        String line = "{\"timestamp\":\"2020-01-05T08:00:00.000Z\"}";
        Path file = Files.writeString(directory.resolve("one.ndjson"), line + "\n");

        weir("d.", "replay", file.toString(), "--topic", "d.raw", "--speed", "max", "--no-retime");

        assertThat(read("d.raw")).singleElement().satisfies(message -> {
            assertThat(message.value()).isEqualTo(line);
            assertThat(message.timestamp())
                    .isEqualTo(Instant.parse("2020-01-05T08:00:00Z").toEpochMilli());
        });
    }

    @Test
    void tailHidesWhatMayBePersonalUnlessAskedFor() {
        writeLetters("e.", letter("e.raw", "secret", 0, DeadLetterReason.MALFORMED));

        Output hidden = weir("e.", "tail", "e.intake.dead-letters", "--from-beginning", "--max", "1");
        Output raw = weir("e.", "tail", "e.intake.dead-letters", "--from-beginning", "--until-end", "--raw");

        assertThat(hidden.exitCode()).isZero();
        assertThat(hidden.out())
                .contains(
                        "\"reason\":\"MALFORMED\"",
                        "\"key\":null",
                        "\"value\":null",
                        "\"headers\":[{\"key\":\"h\",\"value\":null}]")
                .hasLineCount(1);
        assertThat(raw.out()).contains("\"value\":\"c2VjcmV0\"", "\"headers\":[{\"key\":\"h\",\"value\":\"aA==\"}]");
    }

    @Test
    void deadLettersGoBackOnceEachWithWhatTheyCameWith() {
        broker.createTopics(Map.of("f.raw", 1));
        writeLetters(
                "f.",
                letter("f.raw", "fixed", 0, DeadLetterReason.PLAN_VIOLATION),
                letter("f.raw", "again", 0, DeadLetterReason.PLAN_VIOLATION),
                letter("f.raw", "again", 1, DeadLetterReason.PLAN_VIOLATION),
                letter("f.raw", "hopeless", 3, DeadLetterReason.PLAN_VIOLATION),
                letter("f.raw", "other", 0, DeadLetterReason.MALFORMED));

        Output output = weir("f.", "dead-letters", "replay", "--reason", "plan_violation");

        assertThat(output)
                .isEqualTo(new Output(0, "2 messages put back, 1 left alone after 3 replays%n".formatted(), ""));
        List<ConsumerRecord<String, String>> messages = read("f.raw");
        assertThat(messages)
                .extracting(message -> message.key() + " " + message.value() + " " + header(message, "weir-replays")
                        + " " + header(message, "h"))
                .containsExactly("k fixed 1 h", "k again 2 h");
    }

    @Test
    void lettersThatHoldOnlyABeginningStayWhereTheyAre() {
        broker.createTopics(Map.of("i.raw", 1));
        DeadLetter cut = letter("i.raw", "begin", 0, DeadLetterReason.TOO_LARGE);
        cut.setCut(true);
        writeLetters("i.", cut);

        Output output = weir("i.", "dead-letters", "replay", "--reason", "TOO_LARGE");

        assertThat(output.out())
                .isEqualTo(
                        ("0 messages put back, 0 left alone after 3 replays%n1 were too large for a dead letter, which"
                                        + " holds only their beginning; they are still in their source, at the position that the"
                                        + " letter names%n")
                                .formatted());
        assertThat(read("i.raw")).isEmpty();
    }

    @Test
    void onlyLettersOfTheTimeAskedForGoBack() {
        broker.createTopics(Map.of("g.raw", 1));
        writeLetters("g.", letter("g.raw", "early", 0, DeadLetterReason.MALFORMED));

        Output output =
                weir("g.", "dead-letters", "replay", "--reason", "MALFORMED", "--since", "2026-01-06T00:00:00Z");

        assertThat(output.out()).startsWith("0 messages put back");
        assertThat(read("g.raw")).isEmpty();
    }

    @Test
    void topicThatIsNotThereIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("one.ndjson"), "{}\n");

        Output output = weir("h.", "replay", file.toString(), "--topic", "h.raw");

        assertThat(output)
                .isEqualTo(new Output(
                        1,
                        "",
                        "weir: The broker at %s has no topic h.raw: create it, or correct its name.%n"
                                .formatted(broker.bootstrapServers())));
    }

    private static Output weir(String prefix, String... command) {
        List<String> args = new ArrayList<>(List.of(command));
        Map<String, String> settings = Map.of(
                "weir.kafka.bootstrap-servers", broker.bootstrapServers(),
                "weir.registry.url", REGISTRY,
                "weir.topic-prefix", prefix);
        settings.forEach((key, value) -> args.addAll(List.of("--set", key + "=" + value)));
        return Output.of(args.toArray(String[]::new));
    }

    private static DeadLetter letter(String source, String value, int replays, DeadLetterReason reason) {
        Instant time = Instant.parse("2026-01-05T08:00:00Z");
        return DeadLetter.newBuilder()
                .setReason(reason)
                .setMessage("It is wrong.")
                .setSourceTopic(source)
                .setSourcePartition(0)
                .setSourceOffset(0)
                .setSourceTimestamp(time)
                .setHeaders(List.of(new MessageHeader("h", bytes("h"))))
                .setKey(bytes("k"))
                .setValue(bytes(value))
                .setReplays(replays)
                .setRefusedBy("test")
                .setRefusedAt(time)
                .build();
    }

    private static void writeLetters(String prefix, DeadLetter... letters) {
        String topic = prefix + Topics.DEAD_LETTER.name();
        broker.createTopics(Map.of(topic, 1));
        AvroSerdes serdes = new AvroSerdes(new SchemaRegistry(REGISTRY, Map.of(), true));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                var serializer = serdes.serializer(DeadLetter.class)) {
            for (DeadLetter letter : letters) {
                var unused = producer.send(new ProducerRecord<>(topic, serializer.serialize(topic, letter)));
            }
        }
    }

    private static List<ConsumerRecord<String, String>> read(String topic) {
        List<ConsumerRecord<String, String>> messages = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
            }
        }
        messages.sort(Comparator.comparingLong(ConsumerRecord::offset));
        return messages;
    }

    private static String header(ConsumerRecord<String, String> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
