package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class IdleClosingIT {
    private static final String RAW = "idle.raw";
    private static final int VISITORS = 40;
    private static final String STAYS = "stays";
    /** The gap, and what a slow machine needs for the rest. */
    private static final Duration BOUND = Duration.ofMinutes(1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final AtomicInteger messages = new AtomicInteger();

    @Test
    void sessionsCloseOnTimeAlsoInPartitionsThatGetNothingMore(Cluster cluster) throws Exception {
        cluster.createTopic(RAW, 2);
        WeirDeployment deployment = new WeirDeployment(cluster, "idle", folder)
                .source(RAW, "segment-json")
                .with("weir.sessions.inactivity-gap", "6s")
                .with("weir.sessions.idle-after", "2s")
                .prepare();
        List<String> visitors =
                IntStream.range(0, VISITORS).mapToObj("v-%02d"::formatted).toList();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Output output = deployment.output();
                KafkaProducer<byte[], byte[]> producer = Feed.producer(cluster);
                WeirProcess service = deployment.start().awaitReady()) {
            visitors.forEach(visitor -> send(producer, visitor));
            send(producer, STAYS);
            producer.flush();
            await("all sessions are open")
                    .atMost(BOUND)
                    .until(() -> statuses(output).size() == VISITORS + 1);

            // One visitor stays: the partitions of the others get nothing more, but for the one that it is in.
            ScheduledFuture<?> staying =
                    timer.scheduleAtFixedRate(() -> send(producer, STAYS), 0, 500, TimeUnit.MILLISECONDS);
            await("the others are closed")
                    .atMost(BOUND)
                    .until(() -> closed(output).containsAll(visitors));
            assertThat(statuses(output)).containsEntry(STAYS, "OPENED");

            assertThat(staying.cancel(false)).isTrue();
            timer.shutdown();
            assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            await("all are closed").atMost(BOUND).until(() -> closed(output).contains(STAYS));

            assertThat(output.refresh().of(Output.SESSIONS)).hasSize(2 * (VISITORS + 1));
            assertThat(output.results().sessionEvents()).isEqualTo(messages.get());
            assertThat(service.isAlive()).isTrue();
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void whatWasOpenWhenTheServiceDiedClosesAfterItsRestartThoughNothingComes(Cluster cluster) throws Exception {
        String raw = "idle-restart.raw";
        cluster.createTopic(raw, 2);
        WeirDeployment deployment = new WeirDeployment(cluster, "idle-restart", folder)
                .source(raw, "segment-json")
                .with("weir.sessions.inactivity-gap", "20s")
                .with("weir.sessions.idle-after", "2s")
                .prepare();
        try (Output output = deployment.output();
                KafkaProducer<byte[], byte[]> producer = Feed.producer(cluster);
                WeirProcess service = deployment.start().awaitReady()) {
            send(producer, raw, STAYS);
            producer.flush();
            await("the session is open")
                    .atMost(BOUND)
                    .until(() -> statuses(output).containsKey(STAYS));

            service.kill();
            service.start();

            await("it is closed").atMost(BOUND).until(() -> closed(output).contains(STAYS));
            assertThat(output.refresh().of(Output.SESSIONS)).hasSize(2);
        }
    }

    /** Status of each visitor's last session record. */
    private static Map<String, String> statuses(Output output) {
        Map<String, String> statuses = new TreeMap<>();
        for (GenericRecord session : output.refresh().of(Output.SESSIONS)) {
            statuses.put(
                    session.get("visitor_id").toString(), session.get("status").toString());
        }
        return statuses;
    }

    private static List<String> closed(Output output) {
        return statuses(output).entrySet().stream()
                .filter(entry -> entry.getValue().equals("CLOSED"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String visitor) {
        send(producer, RAW, visitor);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What does not arrive is missed below.
    private void send(KafkaProducer<byte[], byte[]> producer, String topic, String visitor) {
        String message = """
                {"type":"page","messageId":"m-%d","anonymousId":"%s","timestamp":"%s","context":{"page":{"url":"https://shop.example/"}}}""".formatted(messages.getAndIncrement(), visitor, Instant.now());
        producer.send(new ProducerRecord<>(
                topic, visitor.getBytes(StandardCharsets.UTF_8), message.getBytes(StandardCharsets.UTF_8)));
    }
}
