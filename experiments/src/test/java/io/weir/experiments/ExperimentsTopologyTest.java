package io.weir.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.feature.ControlRecords;
import io.weir.core.feature.ControlRecords.Entry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.state.StoreNote;
import io.weir.core.time.EndOfInput;
import io.weir.core.time.InputProgress;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.experiments.book.UnitReads;
import io.weir.experiments.book.UnitStores;
import io.weir.experiments.result.ResultReads;
import io.weir.experiments.unit.Reason;
import io.weir.experiments.unit.Why;
import io.weir.experiments.unit.Why.MetricReason;
import io.weir.schemas.AlertStatus;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentAlertKind;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.ExperimentMetric;
import io.weir.schemas.ExperimentResults;
import io.weir.schemas.ExperimentVariant;
import io.weir.schemas.Exposure;
import io.weir.schemas.MetricType;
import io.weir.schemas.MultipleExposure;
import io.weir.schemas.Origin;
import io.weir.schemas.Purchase;
import io.weir.schemas.UnitType;
import io.weir.schemas.VariantResults;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import io.weir.schemas.VerdictSubject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology as a whole: what goes where. */
class ExperimentsTopologyTest {

    private static final Instant TEN = Instant.parse("2026-05-01T10:00:00Z");

    private final HandClock clock = new HandClock();
    private final AvroSerdes serdes = new AvroSerdes(new SchemaRegistry("mock://experiments", Map.of(), true));

    private final List<Entry<ExperimentDefinition>> written = new ArrayList<>();

    @TempDir
    private Path stateDirectory;

    private TopologyTestDriver driver;

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void descriptionIsTheOneOnFile() throws IOException {
        String described = builder().build().describe().toString();

        assertThat(described.strip()).isEqualTo(golden().strip());
    }

    @Test
    void storesAreThoseThatAreNoted() {
        open();

        Set<String> noted =
                feature().stores().stream().map(StoreNote::name).collect(Collectors.toCollection(TreeSet::new));

        assertThat(new TreeSet<>(driver.getAllStateStores().keySet())).isEqualTo(noted);
    }

    @Test
    void anExperimentWithoutDefinitionHasProvisionalResultsAndAnAlertThatEndsWithItsDefinition() {
        open();
        pipe(Topics.EXPOSURES, "v1", exposure("e1", "v1", null, "b"));
        pipe(Topics.PURCHASES, "v1", purchase("p1", "v1", null, 5_000_000));
        pass();

        ExperimentResults provisional = only(Topics.RESULTS);
        assertThat(provisional.getProvisional()).isTrue();
        assertThat(provisional.getVariants())
                .extracting(VariantResults::getVariantId)
                .containsExactly("b");
        assertThat(provisional.getVariants().get(0).getMetrics().get(1).getSum())
                .isEqualTo("5.00");
        ExperimentAlert started = only(Topics.EXPERIMENT_ALERTS);
        assertThat(started.getKind()).isEqualTo(ExperimentAlertKind.UNKNOWN_EXPERIMENT);
        assertThat(started.getStatus()).isEqualTo(AlertStatus.STARTED);

        pipe(Topics.DEFINITIONS, "x", definition(UnitType.VISITOR));
        pass();

        List<ExperimentResults> defined = read(Topics.RESULTS);
        ExperimentResults last = defined.get(defined.size() - 1);
        assertThat(last.getProvisional()).isFalse();
        assertThat(last.getDefinitionVersion()).isEqualTo(7);
        assertThat(last.getVariants()).extracting(VariantResults::getVariantId).containsExactly("a", "b");
        assertThat(last.getVariants()).extracting(VariantResults::getUnits).containsExactly(0L, 1L);
        assertThat(read(Topics.EXPERIMENT_ALERTS))
                .extracting(ExperimentAlert::getStatus)
                .containsExactly(AlertStatus.ENDED);
    }

    /** After a reset thousands of events are read before a definition comes by its internal topic. */
    @Test
    void aTaskThatStartsFromNothingKnowsWhatIsWrittenByThen() {
        written.add(new Entry<>("deleted", null, 0));
        written.add(new Entry<>("another", definition(UnitType.VISITOR), 0));
        written.add(new Entry<>("x", definition(UnitType.CUSTOMER), TEN.toEpochMilli()));
        open();
        pipe(Topics.EXPOSURES, "phone", exposure("e1", "phone", "c1", "b"));
        pipe(Topics.PURCHASES, "laptop", purchase("p1", "laptop", "c1", 5_000_000));
        pipe(Topics.DEFINITIONS, "x", definition(UnitType.CUSTOMER));
        pass();

        ExperimentResults results = last(Topics.RESULTS);
        assertThat(results.getProvisional()).isFalse();
        assertThat(results.getUnits()).isEqualTo(1);
        assertThat(results.getVariants().get(1).getMetrics().get(0).getConverters())
                .isEqualTo(1);
    }

    @Test
    void anExperimentOnCustomersFollowsThemFromVisitorToVisitor() {
        open();
        pipe(Topics.DEFINITIONS, "x", definition(UnitType.CUSTOMER));
        pipe(Topics.EXPOSURES, "phone", exposure("e1", "phone", "c1", "b"));
        pipe(Topics.EXPOSURES, "nobody", exposure("e2", "nobody", null, "a"));
        pipe(Topics.PURCHASES, "laptop", purchase("p1", "laptop", "c1", 5_000_000));
        pass();

        ExperimentResults results = last(Topics.RESULTS);
        assertThat(results.getUnits()).isEqualTo(1);
        assertThat(results.getUnattributed()).isEqualTo(1);
        assertThat(results.getVariants().get(1).getMetrics().get(0).getConverters())
                .isEqualTo(1);
    }

    @Test
    void aVerdictOnAVisitorTakesItOutAndClearingItPutsItBack() {
        open();
        pipe(Topics.DEFINITIONS, "x", definition(UnitType.VISITOR));
        pipe(Topics.EXPOSURES, "v1", exposure("e1", "v1", null, "b"));
        pipe(Topics.VISITOR_VERDICTS, "v1", verdict("v1", VerdictStatus.INVALID, TEN));
        pass();

        assertThat(last(Topics.RESULTS).getInvalidUnits()).isEqualTo(1);

        pipe(Topics.VISITOR_VERDICTS, "v1", verdict("v1", VerdictStatus.CLEARED, TEN.plusSeconds(1)));
        pass();

        ExperimentResults back = last(Topics.RESULTS);
        assertThat(back.getInvalidUnits()).isZero();
        assertThat(back.getUnits()).isEqualTo(1);
    }

    @Test
    void whyAUnitCountsCanBeReadFromTheStores() {
        open();
        pipe(Topics.EXPOSURES, "v1", exposure("e1", "v1", null, "b"));
        pipe(Topics.PURCHASES, "v1", purchase("p1", "v1", null, 5_000_000));
        UnitReads reads = reads(UnitStores.VISITORS);

        assertThat(reads.why("nobody", "x", Map.of())).isEmpty();
        assertThat(reads.why("v1", "y", Map.of())).isEmpty();
        Why why = reads.why("v1", "x", Map.of("revenue", "EUR")).orElseThrow();
        assertThat(why.experiment()).isEqualTo("x");
        assertThat(why.variant()).isEqualTo("b");
        assertThat(why.anchor()).isEqualTo(TEN.toEpochMilli());
        assertThat(why.doings().get(0).metrics())
                .containsExactly(
                        new MetricReason("conversion", Reason.COUNTED), new MetricReason("revenue", Reason.COUNTED));
    }

    @Test
    void anExperimentOnCustomersHasNoAnswerForVisitors() {
        open();
        pipe(Topics.EXPOSURES, "v1", exposure("e1", "v1", "c1", "b"));
        pipe(Topics.DEFINITIONS, "x", definition(UnitType.CUSTOMER));
        pipe(Topics.EXPOSURES, "v1", exposure("e2", "v1", "c1", "b"));

        assertThat(reads(UnitStores.VISITORS).why("v1", "x", Map.of())).isEmpty();
        assertThat(reads(UnitStores.CUSTOMERS).why("c1", "x", Map.of()))
                .hasValueSatisfying(why -> assertThat(why.variant()).isEqualTo("b"));
    }

    private UnitReads reads(UnitStores stores) {
        return new UnitReads(
                stores, driver.getKeyValueStore(stores.units()), driver.getKeyValueStore(stores.experiments()));
    }

    @Test
    void resultsCanBeReadFromTheStoresAsTheyWereGivenOut() {
        open();
        pipe(Topics.DEFINITIONS, "x", definition(UnitType.VISITOR));
        pipe(Topics.EXPOSURES, "v1", exposure("e1", "v1", null, "b"));
        pipe(Topics.EXPOSURES, "v2", exposure("e2", "v2", null, "a"));
        pipe(Topics.PURCHASES, "v1", purchase("p1", "v1", null, 5_000_000));
        pass();
        ResultReads reads = new ResultReads(
                driver.getKeyValueStore(ResultReads.EXPERIMENTS), driver.getKeyValueStore(ResultReads.PARTS));

        assertThat(reads.of("x")).contains(last(Topics.RESULTS));
        assertThat(reads.of("y")).isEmpty();
        assertThat(reads.currencies("x")).containsEntry("conversion", "EUR");
    }

    @Test
    void whatIsTooLateDoesNotCount() {
        open();
        Event late = exposure("e1", "v1", null, "b");
        late.getOrigin().setClock(TEN.plus(Duration.ofHours(73)));
        pipe(Topics.EXPOSURES, "v1", late);
        pass();

        assertThat(read(Topics.RESULTS)).isEmpty();
    }

    private static ExperimentDefinition definition(UnitType unit) {
        ExperimentMetric conversion = new ExperimentMetric(
                "conversion",
                MetricType.CONVERSION,
                EventKind.purchase,
                null,
                null,
                Duration.ofDays(7).toMillis(),
                null,
                null,
                null);
        return new ExperimentDefinition(
                "x",
                null,
                unit,
                List.of(new ExperimentVariant("a", 1.0, true), new ExperimentVariant("b", 1.0, false)),
                List.of(conversion),
                null,
                null,
                0.05,
                5_000L,
                MultipleExposure.EXCLUDE,
                7L);
    }

    private static Verdict verdict(String visitor, VerdictStatus status, Instant at) {
        return new Verdict(VerdictSubject.VISITOR, null, visitor, null, null, null, TEN, status, "rule", 1L, false, at);
    }

    private static Event exposure(String id, String visitor, String customer, String variant) {
        Event event = event(id, visitor, customer, EventKind.exposure);
        event.setExposure(new Exposure("x", variant, UnitType.UNKNOWN));
        return event;
    }

    private static Event purchase(String id, String visitor, String customer, long micros) {
        Event event = event(id, visitor, customer, EventKind.purchase);
        event.setOccurredAt(TEN.plusSeconds(60));
        event.setPurchase(new Purchase("o-" + id, micros, "EUR", null, List.of()));
        return event;
    }

    private static Event event(String id, String visitor, String customer, EventKind kind) {
        Event event = new Event();
        event.setEventId(id);
        event.setKind(kind);
        event.setOccurredAt(TEN);
        event.setReceivedAt(TEN);
        event.setVisitorId(visitor);
        event.setCustomerId(customer);
        event.setClient(new Client());
        event.setOrigin(new Origin("raw", 0, 0L, TEN));
        return event;
    }

    private void open() {
        clock.set(TEN.toEpochMilli());
        driver = new TopologyTestDriver(builder().build(), properties());
    }

    /** Long enough for totals to be passed on, and results to be given out. */
    private void pass() {
        for (int i = 0; i < 8; i++) {
            clock.pass(250);
            driver.advanceWallClockTime(Duration.ofMillis(250));
        }
    }

    private <T extends SpecificRecord> void pipe(Topic<T> topic, String key, T value) {
        driver.createInputTopic(topic.name(), Serdes.String().serializer(), serdes.serializer(topic.type()))
                .pipeInput(key, value, TEN);
    }

    private <T extends SpecificRecord> List<T> read(Topic<T> topic) {
        return driver.createOutputTopic(topic.name(), Serdes.String().deserializer(), serdes.deserializer(topic.type()))
                .readValuesToList();
    }

    private <T extends SpecificRecord> T only(Topic<T> topic) {
        List<T> all = read(topic);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private <T extends SpecificRecord> T last(Topic<T> topic) {
        List<T> all = read(topic);
        return all.get(all.size() - 1);
    }

    private ExperimentsTopology feature() {
        return new ExperimentsTopology(new FeatureContext(
                Settings.of(Map.of()),
                new Topics(""),
                serdes,
                clock,
                InputProgress.COMPLETE,
                new SimpleMeterRegistry(),
                new EndOfInput(),
                new ControlRecords() {
                    @Override
                    @SuppressWarnings("unchecked")
                    public <V extends SpecificRecord> List<Entry<V>> of(Topic<V> topic) {
                        return topic.equals(Topics.DEFINITIONS) ? (List<Entry<V>>) (List<?>) written : List.of();
                    }
                }));
    }

    private StreamsBuilder builder() {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties())));
        feature().addTo(builder);
        return builder;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "weir-experiments");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    private static String golden() throws IOException {
        try (var in = ExperimentsTopologyTest.class.getResourceAsStream("/topology.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
