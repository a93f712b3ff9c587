package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Rules that change while events flow and the service runs. */
@ExtendWith(SharedCluster.class)
class RuleChangeIT {

    private static final String NAME = "rule-changes";
    private static final Duration BOUND = Duration.ofMinutes(1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private KafkaProducer<byte[], byte[]> producer;
    private Output output;
    private int sent;

    @Test
    void aRuleIsChangedPausedAndDeletedWhileEventsFlow(Cluster cluster) throws Exception {
        cluster.createTopic(NAME + ".raw", 1);
        WeirDeployment deployment = new WeirDeployment(cluster, NAME, folder)
                .source(NAME + ".raw", "segment-json")
                .with("weir.topics.partitions", "1")
                .prepare();
        try (WeirProcess service = deployment.start().awaitReady();
                Output found = deployment.output();
                KafkaProducer<byte[], byte[]> raw = new KafkaProducer<>(
                        Map.of("bootstrap.servers", cluster.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer = raw;
            output = found;
            apply(deployment, 1, "live");
            clicks("live");
            assertThat(judged("live")).containsExactly("1 INVALID");

            apply(deployment, 2, "shadow");
            clicks("shadow");
            assertThat(judged("shadow")).isEmpty();
            assertThat(alerted("shadow")).containsExactly("fraud.alerts.shadow 2");

            apply(deployment, 3, "off");
            clicks("off");
            assertThat(judged("off")).isEmpty();
            assertThat(alerted("off")).isEmpty();

            apply(deployment, 4, "live");
            clicks("again");
            assertThat(judged("again")).containsExactly("4 INVALID");

            delete("clicks");
            deployment.rules("rules:\n" + marker(5));
            awaitMarker(5);
            clicks("deleted");
            assertThat(judged("deleted")).isEmpty();
            assertThat(alerted("deleted")).isEmpty();
            assertThat(service.isAlive()).isTrue();
        }
    }

    /** A version of the rule, and of another that says when it is there. */
    private void apply(WeirDeployment deployment, int version, String mode) throws IOException {
        deployment.rules("""
                rules:
                  - id: clicks
                    version: %d
                    mode: %s
                    kind: velocity
                    on: [click]
                    when: visitor_id != 'marker'
                    group_by: [visitor]
                    limits: [{more_than: 1, in: 1m}]
                    severity: high
                    route: clicks
                    action: invalidate
                """.formatted(version, mode) + marker(version));
        awaitMarker(version);
    }

    private static String marker(int version) {
        return """
                  - id: marker
                    version: %d
                    kind: match
                    on: [click]
                    when: visitor_id == 'marker'
                    severity: info
                    route: clicks
                    action: invalidate
                """.formatted(version);
    }

    /** With one partition what is known of the marker is known of all that was written before it. */
    private void awaitMarker(int version) {
        await("version " + version)
                .atMost(BOUND)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    click("marker");
                    return verdicts("marker").anyMatch(verdict -> (long) verdict.get("version") == version);
                });
    }

    /** Two clicks of a visitor, and one of the marker after which both have been looked at. */
    private void clicks(String visitor) throws ExecutionException, InterruptedException {
        click(visitor);
        click(visitor);
        String last = click("marker");
        await("the clicks of " + visitor)
                .atMost(BOUND)
                .until(() -> verdicts("marker")
                        .anyMatch(verdict -> verdict.get("event_id").toString().equals(last)));
    }

    private List<String> judged(String visitor) {
        return verdicts(visitor)
                .map(verdict -> verdict.get("version") + " " + verdict.get("status"))
                .toList();
    }

    private Stream<GenericRecord> verdicts(String visitor) {
        return output.refresh().of(Output.VERDICTS).stream()
                .filter(verdict -> verdict.get("visitor_id").toString().equals(visitor));
    }

    private List<String> alerted(String visitor) {
        output.refresh();
        return Output.ALERTS.stream()
                .flatMap(topic -> output.of(topic).stream()
                        .filter(alert -> alert.get("key").toString().equals(visitor))
                        .map(alert -> topic + " " + alert.get("version")))
                .toList();
    }

    private String click(String visitor) throws ExecutionException, InterruptedException {
        String id = "c" + sent++;
        String click = """
                {"type":"track","event":"Ad Clicked","messageId":"%s","anonymousId":"%s","timestamp":"%s",\
                "properties":{"merchant_id":"m"}}""".formatted(id, visitor, Instant.now());
        producer.send(new ProducerRecord<>(
                        NAME + ".raw",
                        visitor.getBytes(StandardCharsets.UTF_8),
                        click.getBytes(StandardCharsets.UTF_8)))
                .get();
        return id;
    }

    private void delete(String rule) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(NAME + ".fraud.rules", rule.getBytes(StandardCharsets.UTF_8), null))
                .get();
    }
}
