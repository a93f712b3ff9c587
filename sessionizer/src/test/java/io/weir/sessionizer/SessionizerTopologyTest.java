package io.weir.sessionizer;

import static io.weir.sessionizer.EventBuilder.millis;
import static io.weir.sessionizer.EventBuilder.pageView;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.state.StoreNote;
import io.weir.core.time.InputProgress;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.IdentityLink;
import io.weir.schemas.Session;
import io.weir.schemas.SessionStatus;
import io.weir.schemas.VisitorIdentities;
import io.weir.sessionizer.identity.CustomerStore;
import io.weir.sessionizer.identity.CustomerVisitor;
import io.weir.sessionizer.identity.Customers;
import io.weir.sessionizer.identity.Interval;
import io.weir.sessionizer.journey.JourneyStore;
import io.weir.sessionizer.journey.Journeys;
import io.weir.sessionizer.session.SessionReads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology as a whole: what goes where. */
class SessionizerTopologyTest {

    private final HandClock clock = new HandClock();
    private final AvroSerdes serdes = new AvroSerdes(new SchemaRegistry("mock://topology", Map.of(), true));

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
        String described = builder(Map.of()).build().describe().toString();

        assertThat(described.strip()).isEqualTo(golden().strip());
    }

    @Test
    void aStoreWithoutANameIsRefused() {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties())));
        builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()))
                .groupByKey(Grouped.with(Serdes.String(), Serdes.String()))
                .count();

        assertThatThrownBy(builder::build).isInstanceOf(TopologyException.class);
    }

    @Test
    void storesAreThoseThatAreNoted() {
        driver = new TopologyTestDriver(builder(Map.of()).build(), properties());

        Set<String> noted =
                feature(Map.of()).stores().stream().map(StoreNote::name).collect(Collectors.toCollection(TreeSet::new));

        assertThat(new TreeSet<>(driver.getAllStateStores().keySet())).isEqualTo(noted);
    }

    @Test
    void journeysAndPagesCanBeOff() {
        Map<String, String> off = Map.of("weir.sessions.journeys", "false", "weir.sessions.pages", "false");
        driver = new TopologyTestDriver(builder(off).build(), properties());
        pipe(pageView("/").build());

        assertThat(driver.getAllStateStores()).doesNotContainKeys("journeys", "pages");
        assertThat(read(Topics.SESSIONS)).hasSize(1);
    }

    @Test
    void eventsOfEveryKindMakeSessionsDatedByTheirLastEvent() {
        driver = new TopologyTestDriver(builder(Map.of()).build(), properties());
        for (EventKind kind : Topics.kinds()) {
            Event event = EventBuilder.impression().build();
            event.setKind(kind);
            event.setEventId(kind.name());
            pipe(event);
        }
        pipe(pageView("/").at("10:00:05").build());

        clock.pass(Duration.ofMinutes(31).toMillis());
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        List<TestRecord<String, Session>> sessions = read(Topics.SESSIONS);
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(1).key()).isEqualTo("v");
        assertThat(sessions.get(1).timestamp()).isEqualTo(millis("10:00:05"));
        assertThat(sessions.get(1).value().getStatus()).isEqualTo(SessionStatus.CLOSED);
        assertThat(sessions.get(1).value().getCounts()).hasSize(8).containsEntry("page_view", 2L);
    }

    @Test
    void eventOutOfOrderDividesASessionByWhatItsJourneyKnows() {
        driver = new TopologyTestDriver(
                builder(Map.of("weir.sessions.preset", "ua")).build(), properties());
        pipe(pageView("/").agent("Firefox", false).at("10:00:00").build());
        pipe(pageView("/").agent("Safari", false).at("10:20:00").build());
        pipe(pageView("/")
                .agent("Chrome", false)
                .campaign("spring")
                .at("10:10:00")
                .build());

        List<Session> sessions =
                read(Topics.SESSIONS).stream().map(TestRecord::value).toList();
        assertThat(sessions)
                .extracting(Session::getStatus)
                .containsExactly(SessionStatus.OPENED, SessionStatus.CLOSED, SessionStatus.OPENED);
        assertThat(sessions).extracting(Session::getEventCount).containsExactly(1L, 1L, 2L);
        assertThat(sessions.get(2).getSessionId()).isEqualTo(sessions.get(0).getSessionId() + "-2");
        assertThat(sessions.get(2).getClient().getUserAgent()).isEqualTo("Chrome");
    }

    @Test
    void lateEventsStayInNoStore() {
        driver = new TopologyTestDriver(builder(Map.of()).build(), properties());
        Event late = pageView("/").clock("11:00:01").build();
        pipe(late);

        assertThat(read(Topics.LATE_EVENTS))
                .containsExactly(new TestRecord<>("v", late, Instant.ofEpochMilli(millis("10:00:00"))));
        assertThat(read(Topics.SESSIONS)).isEmpty();
        assertThat(journeys().read("v", 0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void customersAreKnownByVisitorAndVisitorsByCustomer() {
        driver = new TopologyTestDriver(builder(Map.of()).build(), properties());
        pipe(pageView("/").at("10:00:00").build());
        pipe(pageView("/").at("10:01:00").customer("c").build());
        pipe(pageView("/").at("10:02:00").customer("c").build());
        clock.pass(Duration.ofMinutes(31).toMillis());
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        List<VisitorIdentities> identities =
                read(Topics.IDENTITIES).stream().map(TestRecord::value).toList();
        KeyValueStore<Bytes, byte[]> customers = driver.getKeyValueStore(CustomerStore.NAME);
        assertThat(identities).containsExactly(identity("10:01:00", "10:01:00"), identity("10:01:00", "10:02:00"));
        assertThat(new Customers(customers).of("c", 10).visitors())
                .containsExactly(
                        new CustomerVisitor("v", List.of(new Interval(millis("10:01:00"), millis("10:02:00")))));
    }

    @Test
    void queriesFindOpenAndRecentSessions() {
        driver = new TopologyTestDriver(builder(Map.of()).build(), properties());
        for (int hour = 10; hour < 14; hour++) {
            pipe(pageView("/").at(hour + ":00:00").build());
        }
        pipe(pageView("/").visitor("w").at("13:10:00").build());
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        SessionReads reads = new SessionReads(
                driver.getKeyValueStore(SessionReads.SESSIONS),
                driver.getKeyValueStore(SessionReads.RECENT),
                driver.getKeyValueStore(SessionReads.TIMERS));

        String second = "v-" + Long.toString(millis("11:00:00"), 36);
        assertThat(reads.of("v")).extracting(Session::getStartedAt).isSorted().hasSize(4);
        assertThat(reads.byId(second)).map(Session::getStatus).contains(SessionStatus.CLOSED);
        assertThat(reads.byId("v-nothing")).isEmpty();
        assertThat(reads.byId("nobody")).isEmpty();
        assertThat(reads.active("v")).extracting(Session::getStatus).containsExactly(SessionStatus.OPENED);
        assertThat(active(reads, 10)).containsExactly("v", "w");
        assertThat(active(reads, 1)).containsExactly("v");
    }

    /** A timer stays where the first event has set it: v would close before w by its timer, and not by its last event. */
    @Test
    void whatClosesFirstIsShownFirst() {
        driver = new TopologyTestDriver(builder(Map.of()).build(), properties());
        pipe(pageView("/").at("13:00:00").build());
        pipe(pageView("/").visitor("w").at("13:05:00").build());
        pipe(pageView("/").visitor("x").at("13:06:00").build());
        pipe(pageView("/").at("13:20:00").build());
        SessionReads reads = new SessionReads(
                driver.getKeyValueStore(SessionReads.SESSIONS),
                driver.getKeyValueStore(SessionReads.RECENT),
                driver.getKeyValueStore(SessionReads.TIMERS));

        assertThat(active(reads, 1)).containsExactly("w");
        assertThat(active(reads, 2)).containsExactly("w", "x");
        assertThat(active(reads, 3)).containsExactly("w", "x", "v");
    }

    private static List<String> active(SessionReads reads, int limit) {
        long gap = Duration.ofMinutes(30).toMillis();
        return reads.active(limit, gap, millis("14:00:00") + gap).stream()
                .map(Session::getVisitorId)
                .toList();
    }

    private static VisitorIdentities identity(String first, String last) {
        return new VisitorIdentities(
                "v",
                List.of(new IdentityLink(
                        "c", Instant.ofEpochMilli(millis(first)), Instant.ofEpochMilli(millis(last)))));
    }

    private Journeys journeys() {
        WindowStore<Bytes, byte[]> store = driver.getWindowStore(JourneyStore.NAME);
        return new Journeys(store);
    }

    private void pipe(Event event) {
        TestInputTopic<String, Event> topic = driver.createInputTopic(
                Topics.of(event.getKind()).name(), Serdes.String().serializer(), serdes.serializer(Event.class));
        topic.pipeInput(event.getVisitorId(), event, event.getOccurredAt());
    }

    private <T extends SpecificRecord> List<TestRecord<String, T>> read(Topic<T> topic) {
        TestOutputTopic<String, T> output = driver.createOutputTopic(
                topic.name(), Serdes.String().deserializer(), serdes.deserializer(topic.type()));
        return output.readRecordsToList();
    }

    private SessionizerTopology feature(Map<String, String> said) {
        return new SessionizerTopology(new FeatureContext(
                Settings.of(said), new Topics(""), serdes, clock, InputProgress.COMPLETE, new SimpleMeterRegistry()));
    }

    private StreamsBuilder builder(Map<String, String> said) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties())));
        feature(said).addTo(builder);
        return builder;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "weir-sessionizer");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    private static String golden() throws IOException {
        try (var in = SessionizerTopologyTest.class.getResourceAsStream("/topology.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
