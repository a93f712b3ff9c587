package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.core.feature.Feature;
import io.weir.core.serde.RegistryUnavailableException;
import io.weir.core.settings.Settings;
import io.weir.core.time.WallClock;
import io.weir.core.topic.Topics;
import io.weir.embedded.EmbeddedBroker;
import io.weir.topology.runtime.FeatureStatus.State;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static EmbeddedBroker broker;
    private static Records records;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.builder().start();
        broker.createTopics(Map.of("intake.dead-letters", 1));
        records = new Records(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void aFeatureThatThrowsStopsAloneWhileAnotherGoesOn() throws Exception {
        topics("throws", "goes-on");
        List<Features.Entry> features = List.of(
                TestFeature.entry("throws", value -> {
                    throw new IllegalStateException("a bug");
                }),
                TestFeature.entry("goes-on"));

        try (Service service = Service.start(settings(Map.of()), features, clock())) {
            awaitState(service, "throws", State.RUNNING);
            awaitState(service, "goes-on", State.RUNNING);
            assertThat(get(service, "/health/ready").statusCode()).isEqualTo(200);

            records.write("throws-in", "k", "v");
            awaitState(service, "throws", State.FAILED);
            records.write("goes-on-in", "k", "v", "v");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(records.read("goes-on-out")).containsExactly("k=1", "k=2"));
            assertThat(state(service, "goes-on")).isEqualTo(State.RUNNING);
            assertThat(get(service, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(service, "/health/live").statusCode()).isEqualTo(200);
            assertThat(service.features().get(0).failure().orElseThrow())
                    .hasRootCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aFeatureWaitsWhileWhatItNeedsIsAwayAndCountsEachRecordOnce() throws Exception {
        topics("waits");
        AtomicInteger faults = new AtomicInteger(2);
        Features.Entry feature = TestFeature.entry("waits", value -> {
            if (value.equals("b") && faults.getAndDecrement() > 0) {
                throw new RegistryUnavailableException("away", new IOException("refused"));
            }
        });

        try (Service service = Service.start(settings(Map.of()), List.of(feature), clock())) {
            records.write("waits-in", "k", "a", "b", "c");

            awaitState(service, "waits", State.WAITING);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(records.read("waits-out")).containsExactly("k=1", "k=2", "k=3"));
            awaitState(service, "waits", State.RUNNING);
            assertThat(faults.get()).isNegative();
        }
    }

    @Test
    void aServiceThatIsStoppedGoesOnWhereItStopped() throws Exception {
        topics("stops");
        List<Features.Entry> features = List.of(TestFeature.entry("stops"));
        records.write("stops-in", "k", "v", "v");
        CompletableFuture<Integer> exitCode;
        try (Service service = Service.start(settings(Map.of()), features, clock())) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(records.read("stops-out")).containsExactly("k=1", "k=2"));
            exitCode = CompletableFuture.supplyAsync(() -> exitCode(service));
        }
        assertThat(exitCode.get(60, TimeUnit.SECONDS)).isZero();

        records.write("stops-in", "k", "v");
        try (Service service = Service.start(settings(Map.of()), features, clock())) {
            awaitState(service, "stops", State.RUNNING);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(records.read("stops-out")).containsExactly("k=1", "k=2", "k=3"));
        }
    }

    @Test
    void bothGroupProtocolsConfirmWhatWasReadToItsEnd() throws Exception {
        topics("classic", "streams");
        for (String protocol : List.of("classic", "streams")) {
            Settings settings = settings(Map.of("weir.kafka.group-protocol", protocol));
            Features.Entry feature = TestFeature.entry(protocol);
            try (Service service = Service.start(settings, List.of(feature), clock())) {
                TestFeature running = (TestFeature) service.features().get(0).feature();
                records.write(protocol + "-in", "k", "v");

                await().atMost(SOON).until(() -> running.progress().caughtUp(running.sources(), 0));

                assertThat(running.progress().caughtUp(running.sources(), 1)).isFalse();
                assertThat(running.progress().caughtUp(Set.of("goes-on-in"), 0)).isFalse();
            }
        }
    }

    @Test
    void aBrokerThatIsAwayConfirmsNothingAndTheFeatureRecovers() throws Exception {
        try (EmbeddedBroker own = EmbeddedBroker.builder().start()) {
            own.createTopics(Map.of("intake.dead-letters", 1, "away-in", 1, "away-out", 1));
            Records ownRecords = new Records(own.bootstrapServers());
            Settings settings = settings(Map.of("weir.kafka.bootstrap-servers", own.bootstrapServers()));
            Features.Entry feature = TestFeature.entry("away");
            try (Service service = Service.start(settings, List.of(feature), clock())) {
                TestFeature running = (TestFeature) service.features().get(0).feature();
                ownRecords.write("away-in", "k", "v");
                await().atMost(SOON).until(() -> running.progress().caughtUp(running.sources(), 0));

                own.stop();
                await().atMost(SOON).until(() -> !running.progress().caughtUp(running.sources(), 0));
                own.start();
                ownRecords.write("away-in", "k", "v");

                await().atMost(SOON).until(() -> running.progress().caughtUp(running.sources(), 0));
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(ownRecords.read("away-out")).containsExactly("k=1", "k=2"));
            }
        }
    }

    @Test
    void allFeaturesTogetherBecomeReadyAndReadWhatTheyAreGiven() throws Exception {
        Topics.all().forEach(topic -> broker.createTopics(Map.of(topic.name(), 1)));
        broker.createTopics(Map.of("collector.web", 1));
        Settings settings = settings(Map.of(
                "weir.intake.sources[0].topic", "collector.web",
                "weir.intake.sources[0].format", "segment-json",
                "weir.intake.hash-key", "sixteen characters or more"));

        try (Service service = Service.start(settings, Features.all(), clock())) {
            Features.all().forEach(entry -> awaitState(service, entry.name(), State.RUNNING));
            assertThat(get(service, "/health/ready").statusCode()).isEqualTo(200);

            records.write("collector.web", "k", "not a message");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(records.read("intake.dead-letters"))
                            .singleElement(InstanceOfAssertFactories.STRING)
                            .startsWith("collector.web-0-0="));
        }
    }

    @Test
    void theMetricsOfEachFeatureAreToldApart() throws Exception {
        topics("left", "right");
        List<Features.Entry> features = List.of(TestFeature.entry("left"), TestFeature.entry("right"));

        try (Service service = Service.start(settings(Map.of()), features, clock())) {
            awaitState(service, "left", State.RUNNING);
            awaitState(service, "right", State.RUNNING);

            String metrics = get(service, "/metrics").body();

            assertThat(metrics.lines())
                    .contains("weir_feature_running{feature=\"left\"} 1.0")
                    .contains("weir_feature_running{feature=\"right\"} 1.0")
                    .anyMatch(
                            line -> line.startsWith("kafka_stream_client_state{") && line.contains("feature=\"left\""))
                    .anyMatch(
                            line -> line.startsWith("kafka_stream_client_state{") && line.contains("feature=\"right\""))
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                    .anyMatch(line -> line.startsWith("process_cpu_usage"));
        }
    }

    @Test
    void theProcessEndsWithOneWhenNoFeatureIsLeft() throws Exception {
        topics("last");
        Features.Entry feature = TestFeature.entry("last", value -> {
            throw new IllegalStateException("a bug");
        });

        try (Service service = Service.start(settings(Map.of()), List.of(feature), clock())) {
            records.write("last-in", "k", "v");

            assertThat(CompletableFuture.supplyAsync(() -> exitCode(service)).get(60, TimeUnit.SECONDS))
                    .isEqualTo(1);
        }
    }

    @Test
    void lackOfMemoryInOneFeatureEndsTheProcess() throws Exception {
        topics("large", "small");
        List<Features.Entry> features = List.of(
                TestFeature.entry("large", value -> {
                    throw new OutOfMemoryError("Java heap space");
                }),
                TestFeature.entry("small"));

        try (Service service = Service.start(settings(Map.of()), features, clock())) {
            records.write("large-in", "k", "v");

            assertThat(CompletableFuture.supplyAsync(() -> exitCode(service)).get(60, TimeUnit.SECONDS))
                    .isEqualTo(1);
            assertThat(state(service, "small")).isEqualTo(State.STOPPED);
        }
    }

    @Test
    void missingTopicsAreOneSentenceThatNamesThemAndTheCommand() {
        Settings settings = settings(Map.of("weir.topic-prefix", "shop."));

        assertThatThrownBy(() -> Service.start(settings, List.of(TestFeature.entry("none")), clock()))
                .isInstanceOf(StartException.class)
                .hasMessage("The broker at " + broker.bootstrapServers()
                        + " lacks topics none-in, shop.intake.dead-letters: run \"weir topics create\" with the same settings,"
                        + " and create the source or change weir.intake.sources (none-in).");
    }

    @Test
    void aBrokerThatIsNotThereIsOneSentence() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        Settings settings = settings(
                Map.of("weir.kafka.bootstrap-servers", "127.0.0.1:" + unused, "weir.kafka.start-timeout", "1s"));

        assertThatThrownBy(() -> Service.start(settings, List.of(TestFeature.entry("none")), clock()))
                .isInstanceOf(StartException.class)
                .hasMessage("No broker answers at 127.0.0.1:" + unused
                        + " within 1000 ms: check that it runs, and weir.kafka.bootstrap-servers.");
    }

    @Test
    void aBrokerWithoutAnAddressIsOneSentence() {
        Settings settings = settings(Map.of("weir.kafka.bootstrap-servers", "no.such.host.invalid:9092"));

        assertThatThrownBy(() -> Service.start(settings, List.of(TestFeature.entry("none")), clock()))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "Cannot make a client for the broker at no.such.host.invalid:9092 (ConfigException: No"
                                + " resolvable bootstrap urls given in bootstrap.servers): check weir.kafka.bootstrap-servers and weir.kafka.client.*.");
    }

    @Test
    void aStateDirectoryInUseIsOneSentence() {
        topics("twice");
        List<Features.Entry> features = List.of(TestFeature.entry("twice"));

        try (Service first = Service.start(settings(Map.of()), features, clock())) {
            awaitState(first, "twice", State.RUNNING);

            assertThatThrownBy(() -> Service.start(settings(Map.of()), features, clock()))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("twice cannot start: ")
                    .hasMessageEndingWith(" (state directory " + directory
                            + "; each process needs one of its own, weir.state.directory).");
        }
    }

    @Test
    void aStateDirectoryThatIsAFileIsOneSentence() throws IOException {
        topics("file");
        Path file = Files.createFile(directory.resolve("a-file"));
        Settings settings = settings(Map.of("weir.state.directory", file.toString()));

        assertThatThrownBy(() -> Service.start(settings, List.of(TestFeature.entry("file")), clock()))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("file cannot start: ")
                .hasMessageContaining("state directory " + file);
    }

    @Test
    void topicsOfOneFeatureNeedTheSameNumberOfPartitions() {
        broker.createTopics(Map.of("torn.events.clicks", 2, "torn.events.video", 3, "torn.intake.dead-letters", 1));
        Feature feature = new TestFeature("sessionizer", Set.of("torn.events.clicks", "torn.events.video"));
        KafkaSettings kafka = KafkaSettings.of(settings(Map.of()));

        assertThatThrownBy(() -> new TopicCheck(kafka, new Topics("torn.")).check(List.of(feature)))
                .isInstanceOf(StartException.class)
                .hasMessage("The topics that sessionizer reads must have the same number of partitions, or a visitor's"
                        + " events are torn apart; found 2 of torn.events.clicks; 3 of torn.events.video.");
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>();
        all.put("weir.kafka.bootstrap-servers", broker.bootstrapServers());
        all.put("weir.kafka.session-timeout", "6s");
        all.put("weir.registry.url", "mock://service");
        all.put("weir.registry.auto-register", "true");
        all.put("weir.state.directory", directory.toString());
        all.put("weir.http.port", "0");
        all.putAll(more);
        return Settings.of(all);
    }

    private static WallClock clock() {
        return new WallClock(InstantSource.system());
    }

    private static void topics(String... features) {
        Map<String, Integer> topics = new HashMap<>();
        for (String feature : features) {
            topics.put(feature + "-in", 1);
            topics.put(feature + "-out", 1);
        }
        broker.createTopics(topics);
    }

    private static void awaitState(Service service, String feature, State state) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(state(service, feature)).isEqualTo(state));
    }

    private static State state(Service service, String feature) {
        return service.status().stream()
                .filter(status -> status.feature().equals(feature))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static int exitCode(Service service) {
        try {
            return service.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> get(Service service, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
