package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class FuzzIT {
    private static final int PARTITIONS = 2;
    private static final Duration BOUND = Duration.ofMinutes(4);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** By position. */
    private final Map<String, Sent> sent = new HashMap<>();

    private long events;

    private record Sent(ProducerRecord<byte[], byte[]> record, boolean batch) {}

    @Test
    void everyMessageIsAcceptedOrADuplicateOrADeadLetter(Cluster cluster) throws Exception {
        fuzz(cluster, "fuzz", 10_000, 11);
    }

    @Test
    @Tag("full")
    void alsoOfAHundredThousand(Cluster cluster) throws Exception {
        fuzz(cluster, "fuzz-full", 100_000, 12);
    }

    private void fuzz(Cluster cluster, String name, int messages, long seed) throws Exception {
        cluster.createTopic(name + ".json", PARTITIONS);
        cluster.createTopic(name + ".avro", PARTITIONS);
        WeirDeployment deployment = new WeirDeployment(cluster, name, folder)
                .source(name + ".json", "segment-json")
                .source(name + ".avro", "avro")
                .prepare();
        send(cluster, name, messages, seed);

        try (Output output = deployment.output();
                WeirProcess service = deployment.start("--only", "intake")) {
            Results results = awaitAll(output);

            assertThat(service.isAlive()).isTrue();
            List<GenericRecord> letters = output.of(Output.DEAD_LETTERS);
            assertThat(results.events().size() + results.duplicates() + letters.size())
                    .isEqualTo(events);
            assertThat(results.refused()).doesNotContainKey("UNKNOWN");
            assertThat(letters.stream().filter(letter -> !isWhole(letter)).map(FuzzIT::position))
                    .allMatch(position -> sent.get(position).batch());
            // Else the fuzz has become tame, or everything is refused.
            assertThat(results.refused()).hasSizeGreaterThan(8);
            assertThat(results.events()).hasSizeGreaterThan(messages / 10);
            assertThat(results.duplicates()).isPositive();
        }
    }

    /** Waits until as many events are accounted for as were sent. */
    private Results awaitAll(Output output) {
        try {
            return await("all are accounted for")
                    .atMost(BOUND)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> output.refresh().results(), results -> results.read() >= events);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Sent %d; found: %s".formatted(events, output.results().progress()), e);
        }
    }

    /** Whether a dead letter has the bytes, key and headers of its message. */
    private boolean isWhole(GenericRecord letter) {
        ProducerRecord<byte[], byte[]> message = sent.get(position(letter)).record();
        return Arrays.equals(Canonical.bytes(letter.get("value")), message.value())
                && Arrays.equals(Canonical.bytes(letter.get("key")), message.key())
                && headers(letter).equals(headers(message));
    }

    private static List<String> headers(GenericRecord letter) {
        return ((List<?>) letter.get("headers"))
                .stream()
                        .map(GenericRecord.class::cast)
                        .map(header -> header.get(0) + "=" + Canonical.text(header.get(1)))
                        .toList();
    }

    private static List<String> headers(ProducerRecord<byte[], byte[]> message) {
        List<String> headers = new ArrayList<>();
        message.headers()
                .forEach(header -> headers.add(header.key() + "="
                        + Canonical.text(header.value() == null ? null : ByteBuffer.wrap(header.value()))));
        return headers;
    }

    private static String position(GenericRecord letter) {
        return "%s-%s@%s"
                .formatted(letter.get("source_topic"), letter.get("source_partition"), letter.get("source_offset"));
    }

    private void send(Cluster cluster, String name, int messages, long seed)
            throws ExecutionException, InterruptedException {
        Random random = new Random(seed);
        FuzzedJson json = new FuzzedJson(seed);
        FuzzedAvro avro = new FuzzedAvro(new CollectedMessages(cluster), seed);
        List<Future<RecordMetadata>> positions = new ArrayList<>();
        List<Sent> records = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = Feed.producer(cluster)) {
            for (int i = 0; i < messages; i++) {
                boolean isAvro = random.nextInt(5) == 0;
                FuzzedMessage message = isAvro ? avro.next() : json.next();
                ProducerRecord<byte[], byte[]> record =
                        record(name + (isAvro ? ".avro" : ".json"), message.value(), random);
                positions.add(producer.send(record));
                records.add(new Sent(record, message.isBatch()));
                events += message.events();
            }
            producer.flush();
        }
        for (int i = 0; i < messages; i++) {
            RecordMetadata at = positions.get(i).get();
            sent.put("%s-%d@%d".formatted(at.topic(), at.partition(), at.offset()), records.get(i));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, byte[] value, Random random) {
        byte[] key = random.nextBoolean() ? null : bytes(random, 40);
        RecordHeaders headers = new RecordHeaders();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            headers.add(
                    random.nextBoolean() ? "weir-replays" : "trace-id",
                    random.nextBoolean() ? null : bytes(random, 12));
        }
        int partition = random.nextInt(PARTITIONS);
        // Some of 40 years ago: a broker takes any time that is not far ahead.
        long time = Instant.now().toEpochMilli() - (random.nextInt(50) == 0 ? 40L * 365 * 86_400_000 : 0);
        return new ProducerRecord<>(topic, partition, time, key, value, headers);
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return random.nextBoolean() ? bytes : "v-%d".formatted(bytes.length).getBytes(StandardCharsets.UTF_8);
    }
}
