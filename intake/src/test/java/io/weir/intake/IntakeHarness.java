package io.weir.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.time.InputProgress;
import io.weir.core.time.RecordedClock;
import io.weir.core.time.StreamClock;
import io.weir.core.time.WallClock;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.schemas.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology under a driver, with a clock that the test moves. */
final class IntakeHarness implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final String WEB = "collector.web";
    static final String APP = "collector.app";

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Topics TOPICS = new Topics("");

    private final MovableClock wall = new MovableClock(START);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Path directory = temporary();
    private final AvroSerdes serdes;
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final Map<Topic<?>, TestOutputTopic<String, ?>> outputs = new HashMap<>();

    private IntakeHarness(Map<String, String> settings, StreamClock clock) {
        this.serdes = serdes();
        StreamClock used = clock == null ? new WallClock(wall) : clock;
        Properties properties = properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        driver = new TopologyTestDriver(topology(context(settings, serdes, used, meters)), properties, START);
    }

    /** As the service runs. */
    static IntakeHarness live(String... more) {
        return new IntakeHarness(settings(more), null);
    }

    /** As recorded input is run. */
    static IntakeHarness recorded(RecordedClock clock, String... more) {
        Map<String, String> settings = settings(more);
        settings.put("weir.intake.time-bounds", "recorded");
        return new IntakeHarness(settings, clock);
    }

    /** One Segment source, and what a test adds: key, value, key, value, … */
    static Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("weir.intake.sources[0].topic", WEB);
        settings.put("weir.intake.sources[0].format", "segment-json");
        settings.put("weir.intake.hash-key", "a key for tests alone");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    static AvroSerdes serdes() {
        return new AvroSerdes(new SchemaRegistry("mock://" + UUID.randomUUID(), Map.of(), true));
    }

    static FeatureContext context(
            Map<String, String> settings, AvroSerdes serdes, StreamClock clock, SimpleMeterRegistry meters) {
        return new FeatureContext(Settings.of(settings), TOPICS, serdes, clock, InputProgress.COMPLETE, meters);
    }

    /** Built so that a store or internal topic without a name is refused. */
    static Topology topology(FeatureContext context) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties())));
        new IntakeTopology(context).addTo(builder);
        return builder.build();
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "weir-intake");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    void send(RawLine line) {
        input(line.topic()).pipeInput(line.toRecord());
    }

    /** A raw record of any bytes, without a key. */
    void sendBytes(String topic, byte[] value, Instant loggedAt) {
        input(topic).pipeInput(new TestRecord<>(null, value, loggedAt));
    }

    void sendAll(List<RawLine> lines) {
        lines.forEach(this::send);
    }

    /** Second by second, so that what one task passes on reaches the next as it would. */
    void advance(Duration by) {
        for (long left = by.toMillis(); left > 0; left -= TICK.toMillis()) {
            Duration step = Duration.ofMillis(Math.min(left, TICK.toMillis()));
            wall.advance(step);
            driver.advanceWallClockTime(step);
        }
    }

    /** In one leap: for long times in which nothing is passed on. */
    void leap(Duration by) {
        wall.advance(by);
        driver.advanceWallClockTime(by);
    }

    Instant now() {
        return wall.instant();
    }

    @SuppressWarnings("unchecked") // the map is only filled here, with deserializers of the topic's own type
    <T extends SpecificRecord> List<TestRecord<String, T>> records(Topic<T> topic) {
        TestOutputTopic<String, T> output = (TestOutputTopic<String, T>) outputs.computeIfAbsent(
                topic,
                t -> driver.createOutputTopic(TOPICS.name(t), new StringDeserializer(), serdes.deserializer(t.type())));
        return output.readRecordsToList();
    }

    <T extends SpecificRecord> List<T> values(Topic<T> topic) {
        return records(topic).stream().map(TestRecord::value).toList();
    }

    /** Events of every kind that have been written since the last call, by position in the raw log. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        Topics.kinds().forEach(kind -> events.addAll(values(Topics.of(kind))));
        events.sort(Comparator.comparingLong(event -> event.getOrigin().getOffset()));
        return events;
    }

    double counted(String outcome) {
        return meters.find("weir.intake.events").tag("outcome", outcome).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    TopologyTestDriver driver() {
        return driver;
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return inputs.computeIfAbsent(
                topic, name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("weir-intake-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> left = Files.walk(directory)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
