package io.weir.fraud;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.feature.ControlRecords;
import io.weir.core.feature.ControlRecords.Entry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.KeptRecords;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.time.EndOfInput;
import io.weir.core.time.InputProgress;
import io.weir.core.time.StreamClock.Phase;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.fraud.alert.AlertReads;
import io.weir.fraud.alert.AlertStore;
import io.weir.schemas.Event;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudList;
import io.weir.schemas.FraudRule;
import io.weir.schemas.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The whole topology, driven by hand. */
final class FraudDriver implements AutoCloseable {

    private final HandClock clock = new HandClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AvroSerdes serdes = new AvroSerdes(new SchemaRegistry("mock://fraud", Map.of(), true));
    private final FraudTopology feature;
    private final TopologyTestDriver driver;
    private final Map<Topic<?>, TestInputTopic<String, ?>> inputs = new HashMap<>();

    FraudDriver(Path state, Phase phase, Instant now) {
        this(state, phase, now, Map.of());
    }

    FraudDriver(Path state, Phase phase, Instant now, Map<String, String> settings) {
        this(state, phase, now, settings, List.of());
    }

    /** @param written rules that are in their topic before anything is read */
    FraudDriver(Path state, Phase phase, Instant now, Map<String, String> settings, List<Entry<FraudRule>> written) {
        clock.enter(phase);
        clock.set(now.toEpochMilli());
        feature = new FraudTopology(new FeatureContext(
                Settings.of(settings),
                new Topics(""),
                serdes,
                clock,
                InputProgress.COMPLETE,
                meters,
                new EndOfInput(),
                new ControlRecords() {
                    @Override
                    @SuppressWarnings("unchecked")
                    public <V extends SpecificRecord> List<Entry<V>> of(Topic<V> topic) {
                        return topic.equals(Topics.RULES) ? (List<Entry<V>>) (List<?>) written : List.of();
                    }
                }));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "weir-fraud");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        feature.addTo(builder);
        driver = new TopologyTestDriver(builder.build(), properties, now);
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    FraudTopology feature() {
        return feature;
    }

    TopologyTestDriver driver() {
        return driver;
    }

    void rule(FraudRule rule) {
        pipe(Topics.RULES, rule.getId(), rule, clock.millis());
    }

    void noRule(String id) {
        pipe(Topics.RULES, id, null, clock.millis());
    }

    void list(String name, String... entries) {
        pipe(Topics.LISTS, name, new FraudList(name, 1L, List.of(entries)), clock.millis());
    }

    /** An event, at its time by the clock too if that is later. */
    void event(Event event) {
        clock.set(Math.max(clock.millis(), event.getOccurredAt().toEpochMilli()));
        long at = event.getOccurredAt().toEpochMilli();
        pipe(Topics.of(event.getKind()), event.getVisitorId(), event, at);
    }

    @SuppressWarnings("unchecked")
    private <T extends SpecificRecord> void pipe(Topic<T> topic, String key, T value, long timestamp) {
        ((TestInputTopic<String, T>) inputs.computeIfAbsent(
                        topic,
                        any -> driver.createInputTopic(
                                topic.name(), Serdes.String().serializer(), serdes.serializer(topic.type()))))
                .pipeInput(key, value, timestamp);
    }

    /** Lets the clock go on. */
    void pass(Duration duration) {
        long steps = Math.min(100, duration.toMillis() / 250);
        for (long i = 0; i < steps; i++) {
            clock.pass(duration.toMillis() / steps);
            driver.advanceWallClockTime(Duration.ofMillis(250));
        }
    }

    /** Nobody looks for a while. */
    void leap(Duration duration) {
        clock.pass(duration.toMillis());
        driver.advanceWallClockTime(Duration.ofMillis(250));
    }

    /** Alerts as queries find them, newest first. */
    List<FraudAlert> keptAlerts(
            Instant from, Instant to, AlertReads.Before before, Predicate<FraudAlert> wanted, int most) {
        return new AlertReads(
                        driver.getWindowStore(AlertStore.NAME),
                        KeptRecords.of(new Topics(""), serdes, FraudTopology.ALERTS))
                .newest(from, to, before, wanted, most);
    }

    /** How many entries a store has. */
    int entries(String store) {
        int entries = 0;
        try (KeyValueIterator<Object, Object> all =
                driver.getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        }
        return entries;
    }

    /** How much a store has. */
    long bytes(String store) {
        long bytes = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                bytes += all.next().value.length;
            }
        }
        return bytes;
    }

    void end() {
        clock.enter(Phase.ENDED);
        pass(Duration.ofSeconds(5));
    }

    List<FraudAlert> alerts(String route) {
        return read(new Topics("").alerts(route));
    }

    List<FraudAlert> shadow() {
        return read(Topics.SHADOW_ALERTS);
    }

    List<Verdict> verdicts() {
        return read(Topics.VERDICTS);
    }

    List<Verdict> visitorVerdicts() {
        return read(Topics.VISITOR_VERDICTS);
    }

    private <T extends SpecificRecord> List<T> read(Topic<T> topic) {
        return driver.createOutputTopic(topic.name(), Serdes.String().deserializer(), serdes.deserializer(topic.type()))
                .readValuesToList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
