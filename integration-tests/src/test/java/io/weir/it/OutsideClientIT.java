package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.traffic.Tally;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients in JavaScript, which share no code with Weir: KafkaJS, and its decoder for Confluent's registry. Skipped where
 * Node or its packages cannot be had: Weir does not need them.
 */
@ExtendWith(SharedCluster.class)
class OutsideClientIT {
    private static final Path SCRIPTS = Path.of("src", "test", "node");
    private static final long MINUTES = 2;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void readsEventsAndSessionsThroughTheRegistry(Cluster cluster) throws Exception {
        Path node = install();
        cluster.createTopic("outside.raw", 2);
        Traffic traffic = Traffic.from(TrafficSettings.builder()
                .start(Instant.now().minus(Duration.ofMinutes(10)))
                .events(600)
                .rate(10)
                .brokenShare(0)
                .build());
        WeirDeployment deployment = new WeirDeployment(cluster, "outside", folder)
                .source("outside.raw", "segment-json")
                .with("weir.sessions.inactivity-gap", "5s")
                .with("weir.sessions.idle-after", "1s")
                .prepare()
                .budgets(Budgets.of(traffic.merchants(), null));
        Tally sent = Feed.all(cluster, "outside.raw", traffic.segmentJson());

        try (Output output = deployment.output();
                WeirProcess service = deployment.start()) {
            Comparison.complete(output, sent);
            service.stop();

            for (String topic : List.of("events.page-views", "events.impressions", "events.interactions", "sessions")) {
                List<GenericRecord> expected = output.of(topic);
                assertThat(expected).isNotEmpty();
                List<JsonNode> found = read(node, cluster, deployment.topicPrefix() + topic, expected.size());
                assertThat(found.stream().map(OutsideClientIT::essence).toList())
                        .containsExactlyInAnyOrderElementsOf(
                                expected.stream().map(OutsideClientIT::essence).toList());
                assertThat(found)
                        .allSatisfy(record -> assertThat(record.get("key"))
                                .isEqualTo(record.get("value").get("visitor_id")));
            }
        }
    }

    private static String essence(GenericRecord record) {
        return record.getSchema().getField("session_id") == null
                ? record.get("event_id") + " " + record.get("kind") + " " + record.get("occurred_at") + " "
                        + ((GenericRecord) record.get("origin")).get("offset")
                : record.get("session_id") + " " + record.get("revision") + " " + record.get("status") + " "
                        + record.get("started_at") + " " + record.get("event_count") + " " + record.get("bounce");
    }

    private static String essence(JsonNode read) {
        JsonNode value = read.get("value");
        return value.get("session_id") == null
                ? String.join(
                        " ",
                        value.get("event_id").asString(),
                        value.get("kind").asString(),
                        value.get("occurred_at").toString(),
                        value.get("origin").get("offset").toString())
                : String.join(
                        " ",
                        value.get("session_id").asString(),
                        value.get("revision").toString(),
                        value.get("status").asString(),
                        value.get("started_at").toString(),
                        value.get("event_count").toString(),
                        value.get("bounce").toString());
    }

    /** The scripts with their packages, in a folder of the build. */
    private Path install() throws IOException, InterruptedException {
        assumeTrue(runs("node", "--version") && runs("npm", "--version"), "Skipped: Node is not installed here.");
        Path node = Path.of("target", "node").toAbsolutePath();
        Files.createDirectories(node);
        for (String file : List.of("package.json", "package-lock.json", "read.js")) {
            Files.copy(SCRIPTS.resolve(file), node.resolve(file), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        boolean installed = Files.isDirectory(node.resolve("node_modules"))
                || end(command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                                .directory(node.toFile()))
                        == 0;
        assumeTrue(installed, "Skipped: the packages of " + SCRIPTS + " cannot be installed here (npm ci).");
        return node;
    }

    private boolean runs(String... words) throws InterruptedException {
        try {
            return end(command(words)) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private List<JsonNode> read(Path node, Cluster cluster, String topic, int count)
            throws IOException, InterruptedException {
        Path printed = folder.resolve(topic + ".ndjson");
        int exit = end(command(
                        "node",
                        "read.js",
                        cluster.bootstrapServers(),
                        cluster.registry().url(),
                        topic,
                        Integer.toString(count))
                .directory(node.toFile())
                .redirectOutput(printed.toFile()));
        assertThat(exit)
                .as("exit code; it printed %s", folder.resolve("node.log"))
                .isZero();
        JsonMapper json = new JsonMapper();
        List<JsonNode> records = new ArrayList<>();
        Files.readAllLines(printed).forEach(line -> records.add(json.readTree(line)));
        return records;
    }

    private ProcessBuilder command(String... words) {
        return new ProcessBuilder(words)
                .redirectOutput(folder.resolve("node.log").toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("node.log").toFile()));
    }

    private static int end(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.start();
        try {
            return process.waitFor(MINUTES, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }
}
