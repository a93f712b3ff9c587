package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.embedded.process.FlakyProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class OutagesIT {
    /** Longer than the transaction timeout, so that what was open when it began is lost. */
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private static final Duration BOUND = Duration.ofMinutes(2);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void aSchemaThatCannotBeAskedForIsWaitedForAndNothingIsRefused(Cluster cluster) throws Exception {
        registryCut(cluster, "registry-cut", Duration.ZERO);
    }

    @Test
    @Tag("full")
    void theRegistryMayBeAwayForAMinute(Cluster cluster) throws Exception {
        registryCut(cluster, "registry-cut-long", Duration.ofMinutes(1));
    }

    @Test
    @Tag("full")
    void aBrokerThatIsKilledAndStartedAgainChangesNoResult() {
        try (Cluster cluster = Cluster.start()) {
            Comparison comparison = new Comparison(cluster, "broker-killed", folder, 12_000, 300);
            WeirDeployment deployment = comparison.disturbed();
            try (WeirProcess service = deployment.start().awaitReady()) {
                long pid = service.pid();
                comparison.check(deployment, feed -> {
                    feed.awaitSent(2_000);
                    cluster.killBroker();
                    await("an outage").during(OUTAGE).atMost(BOUND).until(service::isAlive);
                    cluster.startBroker();
                });
                assertThat(service.isAlive()).isTrue();
                assertThat(service.pid()).isEqualTo(pid);
            }
        }
    }

    @Test
    @Tag("full")
    void aRegistryThatIsAwayForAMinuteWhileEventsFlowChangesNoResult(Cluster cluster) throws Exception {
        Comparison comparison = new Comparison(cluster, "registry-away", folder, 24_000, 200);
        WeirDeployment deployment = comparison.disturbed();
        try (FlakyProxy proxy = FlakyProxy.to(cluster.registry().port());
                WeirProcess service = deployment
                        .with("weir.registry.url", cluster.registry().urlThrough(proxy))
                        .start()
                        .awaitReady()) {
            comparison.check(deployment, feed -> {
                feed.awaitSent(2_000);
                proxy.cut();
                // What a process knows it does not ask for again: a new one has to.
                service.kill();
                service.start();
                await("an outage").during(Duration.ofMinutes(1)).atMost(BOUND).until(service::isAlive);
                proxy.restore();
            });
            assertThat(service.isAlive()).isTrue();
        }
    }

    /** @param atLeast how long the registry is away, which is until the service has found out, or longer */
    private void registryCut(Cluster cluster, String name, Duration atLeast) throws Exception {
        cluster.createTopic(name + ".raw", 1);
        WeirDeployment deployment = new WeirDeployment(cluster, name, folder)
                .source(name + ".raw", "avro")
                .prepare();
        try (FlakyProxy proxy = FlakyProxy.to(cluster.registry().port());
                Output output = deployment.output();
                KafkaProducer<byte[], byte[]> producer = Feed.producer(cluster);
                WeirProcess service = deployment
                        .with("weir.registry.url", cluster.registry().urlThrough(proxy))
                        .start()
                        .awaitReady()) {
            CollectedMessages messages = new CollectedMessages(cluster);
            producer.send(message(name, messages.pageView("known", "v-1"))).get();
            awaitEvents(output, "known");

            proxy.cut();
            producer.send(message(name, messages.pageViewOfNewerSchema("newer", "v-1")))
                    .get();
            await("the service has found out")
                    .atMost(BOUND)
                    .until(() -> service.metric("weir_feature_retries_total") > 0);
            await("an outage")
                    .during(atLeast)
                    .atMost(BOUND.plus(atLeast))
                    .until(() -> service.isAlive()
                            && output.refresh().of(Output.DEAD_LETTERS).isEmpty());
            proxy.restore();

            awaitEvents(output, "known", "newer");
            assertThat(output.of(Output.DEAD_LETTERS)).isEmpty();
            assertThat(service.isAlive()).isTrue();
        }
    }

    private static ProducerRecord<byte[], byte[]> message(String name, byte[] value) {
        return new ProducerRecord<>(name + ".raw", "v-1".getBytes(StandardCharsets.UTF_8), value);
    }

    private static void awaitEvents(Output output, String... ids) {
        await("events %s".formatted(List.of(ids)))
                .atMost(BOUND)
                .until(() -> output.refresh().events().stream()
                        .map((GenericRecord event) -> event.get("event_id").toString())
                        .toList()
                        .equals(List.of(ids)));
    }
}
