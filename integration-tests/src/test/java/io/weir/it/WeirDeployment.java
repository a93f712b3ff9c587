package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.process.ChildProcess;
import io.weir.schemas.MerchantBudget;
import io.weir.topology.Main;
import io.weir.topology.rules.RuleFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A deployment of Weir in a cluster: with its own prefixes, so that its topics, groups and schemas are its own. */
final class WeirDeployment {
    private static final Duration COMMAND_BOUND = Duration.ofMinutes(2);
    /** Quick to start, which is most of what a test waits for. */
    private static final String[] JVM = {
        "-Xmx640m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"
    };

    private final Cluster cluster;
    private final String name;
    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private int sources;

    /**
     * A deployment with settings that suit tests.
     *
     * @param name unique in the cluster
     * @param folder for state and logs; the caller deletes it
     */
    WeirDeployment(Cluster cluster, String name, Path folder) {
        this.cluster = cluster;
        this.name = name;
        this.folder = folder;
        with("weir.kafka.bootstrap-servers", cluster.bootstrapServers());
        with("weir.registry.url", cluster.registry().url());
        with("weir.topic-prefix", topicPrefix());
        with("weir.application-prefix", name);
        with("weir.http.port", "0");
        with("weir.intake.hash-key", "a key for tests alone");
        // The least there may be: a killed process is replaced that soon.
        with("weir.kafka.session-timeout", "6s");
        with("weir.kafka.transaction-timeout", "10s");
    }

    /** Sets one thing differently. */
    WeirDeployment with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Reads one raw topic more. */
    WeirDeployment source(String topic, String format) {
        with("weir.intake.sources[%d].topic".formatted(sources), topic);
        return with("weir.intake.sources[%d].format".formatted(sources++), format);
    }

    /** What all its topics begin with. */
    String topicPrefix() {
        return name + ".";
    }

    /** Creates its topics and registers its schemas, as a deployment pipeline does. */
    WeirDeployment prepare() {
        try (ChildProcess topics = command("topics", "create");
                ChildProcess schemas = command("schemas", "register")) {
            assertThat(topics.awaitEnd(COMMAND_BOUND))
                    .as("topics create: %s", topics.lines())
                    .isZero();
            assertThat(schemas.awaitEnd(COMMAND_BOUND))
                    .as("schemas register: %s", schemas.lines())
                    .isZero();
        }
        return this;
    }

    /** Writes budgets as an outside system would: with Confluent's own serializer and no class of Weir but the record's. */
    WeirDeployment budgets(List<MerchantBudget> budgets) {
        Budgets.write(cluster, topicPrefix() + "adspend.budgets", budgets);
        return this;
    }

    /** Writes the fraud rules that ship, as a deployment pipeline does. */
    WeirDeployment shippedRules() {
        try (InputStream rules = RuleFile.class.getResourceAsStream("default-rules.yaml")) {
            return rules(new String(rules.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes fraud rules, as a deployment pipeline does. */
    WeirDeployment rules(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve(name + "-rules.yaml"), yaml);
        try (ChildProcess rules = command("rules", "apply", file.toString())) {
            assertThat(rules.awaitEnd(COMMAND_BOUND))
                    .as("rules apply: %s", rules.lines())
                    .isZero();
        }
        return this;
    }

    /** Starts the service; does not wait until it is ready. */
    WeirProcess start(String... options) {
        return startInstance("one", options);
    }

    /**
     * Starts one of several processes of the service.
     *
     * @param instance names its state directory
     */
    WeirProcess startInstance(String instance, String... options) {
        return new WeirProcess(log -> {
            List<String> arguments = new ArrayList<>(List.of("run"));
            arguments.addAll(List.of(options));
            arguments.add("--set");
            arguments.add("weir.state.directory=" + folder.resolve(name + "-state-" + instance));
            return java(folder.resolve("%s-%s-%d.log".formatted(name, instance, log)), arguments);
        });
    }

    /** What it has put out. */
    Output output() {
        return new Output(cluster, topicPrefix());
    }

    private ChildProcess command(String... words) {
        return java(folder.resolve(name + "-" + words[0] + ".log"), List.of(words));
    }

    private ChildProcess java(Path log, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        settings.forEach((key, value) -> {
            all.add("--set");
            all.add(key + "=" + value);
        });
        return ChildProcess.java(Main.class.getName())
                .jvmOptions(JVM)
                .arguments(all.toArray(String[]::new))
                .output(log)
                .start();
    }
}
