package io.weir.topology.demo;

import io.weir.core.settings.Settings;
import io.weir.core.time.WallClock;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.embedded.EmbeddedBroker;
import io.weir.fraud.FraudSettings;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.FraudRule;
import io.weir.schemas.MerchantBudget;
import io.weir.topology.batch.ConsumedInput;
import io.weir.topology.control.ControlTopic;
import io.weir.topology.embedding.EmbeddedSettings;
import io.weir.topology.embedding.SettingsSource;
import io.weir.topology.files.Trees;
import io.weir.topology.rules.RuleFile;
import io.weir.topology.runtime.Deployment;
import io.weir.topology.runtime.Features;
import io.weir.topology.runtime.Service;
import io.weir.topology.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** A broker, a registry, the traffic of a shop and the service, in this process. */
public final class Demo {

    private static final String RAW_TOPIC = "collector.web";
    private static final int PARTITIONS = 2;
    private static final Duration BETWEEN_SUMMARIES = Duration.ofSeconds(5);
    /** After the last event: long enough for its session to be seen, short enough for a script to wait. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private static final Duration STOP_BOUND = Duration.ofSeconds(45);

    private final DemoRequest request;
    private final SettingsSource settings;
    private final Terminal terminal;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param terminal where the summaries are shown */
    public Demo(DemoRequest request, SettingsSource settings, Terminal terminal, InstantSource clock) {
        this.request = request;
        this.settings = settings;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Runs until its bound, or until the process is told to stop.
     *
     * @return what stopped it, if something went wrong: one sentence
     * @throws io.weir.topology.runtime.StartException if the port is in use
     */
    public Optional<String> run() {
        Thread hook = new Thread(this::stopFromOutside, "weir-demo-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return runInDirectory(Files.createTempDirectory("weir-demo-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stopped.countDown();
            if (stop.getCount() > 0) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private Optional<String> runInDirectory(Path directory) throws IOException {
        terminal.err().println("weir: starting a broker, a registry and the service …");
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().directory(directory.resolve("broker")).start()) {
            DemoTraffic traffic = new DemoTraffic(broker.bootstrapServers(), RAW_TOPIC, request, clock);
            Settings all = settings.read(
                    profile(Files.writeString(directory.resolve("app-keys.json"), traffic.keys())),
                    EmbeddedSettings.of(broker.bootstrapServers(), directory, RAW_TOPIC, "segment-json"));
            createTopics(broker, all);
            try (Service service = Service.start(all, Features.all(), new WallClock(clock))) {
                DemoBudgets budgets = new DemoBudgets(traffic.merchants(), clock.instant());
                String address = broker.bootstrapServers();
                write(Topics.BUDGETS, budgets.all(), MerchantBudget::getMerchantId, address, service.deployment());
                write(
                        Topics.DEFINITIONS,
                        DemoExperiments.all(),
                        ExperimentDefinition::getId,
                        address,
                        service.deployment());
                write(
                        Topics.RULES,
                        RuleFile.shipped(1, all.get(FraudSettings.KINDS)),
                        FraudRule::getId,
                        address,
                        service.deployment());
                announce(broker, service, budgets);
                return show(broker.bootstrapServers(), service, traffic);
            }
        } finally {
            Trees.delete(directory);
        }
    }

    private <V extends SpecificRecord> void write(
            Topic<V> topic, List<V> records, Function<V, String> key, String bootstrapServers, Deployment deployment) {
        new ControlTopic<>(
                        topic,
                        deployment.topics(),
                        deployment.serdes(),
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))
                .write(records, key, clock.millis());
    }

    private Optional<String> show(String bootstrapServers, Service service, DemoTraffic traffic) {
        Thread sender = new Thread(traffic, "weir-demo-traffic");
        sender.setDaemon(true);
        Topics topics = service.deployment().topics();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
                LiveSummary summary = new LiveSummary(
                        bootstrapServers, topics, service.deployment().serdes())) {
            sender.start();
            Optional<String> fault = follow(summary, traffic, service, admin);
            summary.print(terminal.out(), clock.instant(), traffic.sentEvents());
            return fault;
        } finally {
            traffic.stop();
            sender.interrupt();
        }
    }

    private Optional<String> follow(LiveSummary summary, DemoTraffic traffic, Service service, Admin admin) {
        long shown = System.nanoTime();
        long active = System.nanoTime();
        while (stop.getCount() > 0) {
            if (summary.poll() || !traffic.ended() || !allRead(service, admin)) {
                active = System.nanoTime();
            }
            if (traffic.failure() != null) {
                return Optional.of(
                        "The traffic has stopped: " + traffic.failure().getMessage());
            }
            Optional<String> failed = service.status().stream()
                    .flatMap(status -> status.failure().stream().map(why -> status.feature() + ": stopped, " + why))
                    .findFirst();
            if (failed.isPresent()) {
                return failed;
            }
            long now = System.nanoTime();
            if (now - shown > BETWEEN_SUMMARIES.toNanos()) {
                shown = now;
                summary.print(terminal.out(), clock.instant(), traffic.sentEvents());
            }
            if (now - active > QUIET.toNanos()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean allRead(Service service, Admin admin) {
        return service.features().stream()
                .map(run -> new ConsumedInput(
                        admin, run.applicationId(), run.feature().sources()))
                .allMatch(input -> input.progress().complete());
    }

    private void announce(EmbeddedBroker broker, Service service, DemoBudgets budgets) {
        PrintWriter err = terminal.err();
        err.println("weir: running. Broker %s, health and metrics http://127.0.0.1:%d/health/ready and /metrics."
                .formatted(broker.bootstrapServers(), service.port()));
        err.println("weir: sending what a shop had in the last %d minutes, then what it has now. Ctrl-C stops."
                .formatted(DemoTraffic.BEFORE.toMinutes()));
        err.println(
                "weir: the cap of merchant %s is raised at %s UTC; for merchant %s it is midnight at %s, its statement follows."
                        .formatted(
                                DemoBudgets.RAISED_MERCHANT,
                                TIME.format(budgets.raise()),
                                DemoBudgets.MIDNIGHT_MERCHANT,
                                TIME.format(budgets.midnight())));
    }

    private static void createTopics(EmbeddedBroker broker, Settings all) {
        Topics topics = Deployment.topics(all);
        Map<String, Integer> partitions = new HashMap<>();
        partitions.put(RAW_TOPIC, PARTITIONS);
        topics.owned().forEach(topic -> partitions.put(topics.name(topic), PARTITIONS));
        broker.createTopics(partitions, Map.of("max.message.bytes", Integer.toString(8 * 1024 * 1024)));
    }

    private static Map<String, String> profile(Path appKeys) {
        Map<String, String> profile = new LinkedHashMap<>();
        // Not a secret: the addresses are made up.
        profile.put("weir.intake.hash-key", "weir-demo-weir-demo");
        profile.put("weir.intake.tracking-plan", "builtin:shop");
        profile.put("weir.intake.own-domains", "shop.example");
        profile.put("weir.fraud.integrity-keys", appKeys.toString());
        // Nobody waits two hours to see a statement.
        profile.put("weir.adspend.close-after", "15s");
        Features.all().forEach(entry -> profile.put("weir." + entry.name() + ".threads", "1"));
        return profile;
    }

    private void stopFromOutside() {
        stop.countDown();
        try {
            if (!stopped.await(STOP_BOUND.toSeconds(), TimeUnit.SECONDS)) {
                terminal.err().println("weir: the demo did not stop within " + STOP_BOUND.toSeconds() + " s.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
