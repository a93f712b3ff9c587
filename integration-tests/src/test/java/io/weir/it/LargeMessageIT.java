package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A source topic may allow messages that are larger than what Weir's producers send: they must not stop intake. */
@ExtendWith(SharedCluster.class)
class LargeMessageIT {
    private static final String TOPIC = "large.json";
    private static final int MIB = 1024 * 1024;
    private static final Duration BOUND = Duration.ofMinutes(2);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void aMessageThatNoLetterHoldsIsRefusedWithItsBeginningAndTheNextIsRead(Cluster cluster) throws Exception {
        cluster.createTopic(TOPIC, 1, Map.of("max.message.bytes", Integer.toString(16 * MIB)));
        WeirDeployment deployment = new WeirDeployment(cluster, "large", folder)
                .source(TOPIC, "segment-json")
                .prepare();
        byte[] large = new byte[9 * MIB];
        Arrays.fill(large, (byte) 'x');
        byte[] longKey = Arrays.copyOf(large, 2 * MIB);
        try (KafkaProducer<byte[], byte[]> producer = Feed.producer(cluster)) {
            producer.send(new ProducerRecord<>(TOPIC, large)).get();
            producer.send(new ProducerRecord<>(
                            TOPIC,
                            null,
                            null,
                            longKey,
                            large,
                            List.of(new RecordHeader("trace", Arrays.copyOf(large, 3 * MIB)))))
                    .get();
            producer.send(new ProducerRecord<>(TOPIC, page())).get();
        }

        try (Output output = deployment.output();
                WeirProcess service = deployment.start("--only", "intake")) {
            await("the message after them")
                    .atMost(BOUND)
                    .until(() -> output.refresh().results().events().size() == 1);

            assertThat(service.isAlive()).isTrue();
            List<GenericRecord> letters = output.of(Output.DEAD_LETTERS);
            assertThat(letters).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.get("reason")).hasToString("TOO_LARGE");
                assertThat(letter.get("cut")).isEqualTo(true);
                assertThat(Canonical.bytes(letter.get("value"))).isEqualTo(Arrays.copyOf(large, 4 * MIB));
            });
            assertThat(letters.get(0).get("key")).isNull();
            assertThat(Canonical.bytes(letters.get(1).get("key"))).isEqualTo(Arrays.copyOf(longKey, MIB));
            assertThat((List<?>) letters.get(1).get("headers")).isEmpty();
        }
    }

    private static byte[] page() {
        return """
                {"type":"page","messageId":"after","anonymousId":"v-1","timestamp":"%s",
                 "context":{"page":{"url":"https://shop.example/"}}}""".formatted(Instant.now()).getBytes(StandardCharsets.UTF_8);
    }
}
