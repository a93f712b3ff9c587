package io.weir.adspend;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.state.StoreNote;
import io.weir.core.time.InputProgress;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.schemas.AdInteraction;
import io.weir.schemas.AdInteractionKind;
import io.weir.schemas.CampaignBudget;
import io.weir.schemas.CapCause;
import io.weir.schemas.CapState;
import io.weir.schemas.CapStatus;
import io.weir.schemas.Click;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Impression;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.LedgerKind;
import io.weir.schemas.MerchantBudget;
import io.weir.schemas.Origin;
import io.weir.schemas.PriceSource;
import io.weir.schemas.Statement;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import io.weir.schemas.VerdictSubject;
import io.weir.schemas.VideoProgress;
import io.weir.schemas.VideoStage;
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
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology as a whole: what goes where. */
class AdspendTopologyTest {

    private static final Instant TEN = Instant.parse("2026-05-01T10:00:00Z");

    private final HandClock clock = new HandClock();
    private final AvroSerdes serdes = new AvroSerdes(new SchemaRegistry("mock://adspend", Map.of(), true));

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
    void interactionsOfEveryKindAreOnTheStatement() {
        open();
        pipe(Topics.BUDGETS, "m|1", budget("m|1"));
        pipe(Topics.IMPRESSIONS, "v", impression("i1", "lunch"));
        pipe(Topics.CLICKS, "v", click("c1", "lunch"));
        pipe(Topics.VIDEO, "v", video("v1", VideoStage.STARTED));
        pipe(Topics.VIDEO, "v", video("v2", VideoStage.COMPLETED));
        clock.set(Instant.parse("2026-05-02T02:00:00Z").toEpochMilli());
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        List<TestRecord<String, CapStatus>> caps = read(Topics.CAPS);
        assertThat(caps)
                .extracting(TestRecord::key)
                .containsExactly("m%7C1", "m%7C1|lunch", "m%7C1|lunch", "m%7C1|lunch");
        assertThat(caps.get(2).value().getState()).isEqualTo(CapState.CAPPED);
        assertThat(caps.get(2).value().getCausedBy()).isEqualTo("c1");
        assertThat(caps.get(3).value().getCause()).isEqualTo(CapCause.DAY_ROLLOVER);
        List<TestRecord<String, Statement>> statements = read(Topics.STATEMENTS);
        assertThat(statements).extracting(TestRecord::key).containsExactly("m%7C1|2026-05-01");
        Statement statement = statements.get(0).value();
        assertThat(statement.getImpressions()).isEqualTo(1);
        assertThat(statement.getClicks()).isEqualTo(1);
        assertThat(statement.getCompletedViews()).isEqualTo(1);
        assertThat(statement.getBilledMicros()).isEqualTo(250_000 + 50_000);
        assertThat(statement.getAbsorbedMicros()).isEqualTo(54_000);
        assertThat(statement.getCampaigns()).containsOnlyKeys("lunch");
        assertThat(read(Topics.AD_COUNTS)).hasSize(2);
    }

    @Test
    void anEntryOfTheLedgerSaysWhatItIsFor() {
        open();
        pipe(Topics.BUDGETS, "m", budget("m"));
        pipe(Topics.CLICKS, "v", click("c1", null));

        assertThat(read(Topics.LEDGER))
                .extracting(TestRecord::value)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("entry_id")
                .containsExactly(new LedgerEntry(
                        "",
                        "m",
                        null,
                        "2026-05-01",
                        LedgerKind.CHARGE,
                        300_000_000L,
                        "EUR",
                        "c1",
                        AdInteractionKind.CLICK,
                        TEN,
                        300_000_000L,
                        PriceSource.MERCHANT_RATE,
                        null,
                        null,
                        null,
                        null,
                        TEN));
    }

    @Test
    void aVerdictOnAnEventIsCreditedAndOneOnAVisitorIsNot() {
        open();
        pipe(Topics.BUDGETS, "m", budget("m"));
        pipe(Topics.CLICKS, "v", click("c1", null));
        pipe(Topics.VERDICTS, "m", verdict(VerdictSubject.VISITOR));
        assertThat(read(Topics.LEDGER)).hasSize(1);

        pipe(Topics.VERDICTS, "m", verdict(VerdictSubject.EVENT));

        assertThat(read(Topics.LEDGER))
                .extracting(entry -> entry.value().getKind())
                .containsExactly(LedgerKind.CREDIT, LedgerKind.INVALID);
    }

    @Test
    void anInteractionBeyondTheLatenessIsNotBilled() {
        open();
        pipe(Topics.BUDGETS, "m", budget("m"));
        Event late = click("c1", null);
        late.getOrigin().setClock(TEN.plus(Duration.ofDays(3)).plusMillis(1));
        pipe(Topics.CLICKS, "v", late);

        assertThat(read(Topics.LEDGER)).isEmpty();
        assertThat(read(Topics.LATE_INTERACTIONS))
                .containsExactly(new TestRecord<>(
                        "m",
                        new AdInteraction("c1", "m", AdInteractionKind.CLICK, TEN, null, null, null, false, null),
                        TEN));
    }

    @Test
    void aBudgetAfterItsInteractionsIsEnteredForEachOfThemAndForNoOther() {
        open();
        for (String merchant : List.of("l", "m", "m\0", "m1", "n")) {
            Event click = click("of " + merchant, null);
            click.getClick().setMerchantId(merchant);
            pipe(Topics.CLICKS, "v", click);
        }
        pipe(Topics.BUDGETS, "m", budget("m"));

        assertThat(read(Topics.LEDGER))
                .extracting(
                        entry -> entry.value().getKind() + " " + entry.value().getEventId())
                .containsExactly("ABSORB of m", "CHARGE null", "ABSORB null");
    }

    @Test
    void aDeletedBudgetChangesNothing() {
        open();
        pipe(Topics.BUDGETS, "m", budget("m"));
        pipe(Topics.BUDGETS, "m", null);
        pipe(Topics.CLICKS, "v", click("c1", null));

        assertThat(read(Topics.LEDGER)).hasSize(1);
    }

    private static MerchantBudget budget(String merchant) {
        return new MerchantBudget(
                merchant,
                "EUR",
                "UTC",
                null,
                300_000L,
                4_000_000L,
                50_000L,
                Map.of("lunch", new CampaignBudget(250_000L, null, null, null)),
                1L,
                Instant.EPOCH);
    }

    private static Event event(String id, EventKind kind) {
        Event event = new Event();
        event.setEventId(id);
        event.setKind(kind);
        event.setOccurredAt(TEN);
        event.setReceivedAt(TEN);
        event.setVisitorId("v");
        event.setClient(new Client());
        event.getClient().setIsBot(false);
        event.setOrigin(new Origin("collector.web", 0, 0L, TEN));
        return event;
    }

    private static Event click(String id, String campaign) {
        Event event = event(id, EventKind.click);
        Click click = new Click();
        click.setMerchantId(campaign == null ? "m" : "m|1");
        click.setCampaignId(campaign);
        event.setClick(click);
        return event;
    }

    private static Event impression(String id, String campaign) {
        Event event = event(id, EventKind.impression);
        Impression impression = new Impression();
        impression.setMerchantId("m|1");
        impression.setCampaignId(campaign);
        event.setImpression(impression);
        return event;
    }

    private static Event video(String id, VideoStage stage) {
        Event event = event(id, EventKind.video);
        VideoProgress video = new VideoProgress();
        video.setMerchantId("m|1");
        video.setStage(stage);
        event.setVideo(video);
        return event;
    }

    private static Verdict verdict(VerdictSubject subject) {
        return new Verdict(
                subject, "c1", "v", "m", null, EventKind.click, TEN, VerdictStatus.INVALID, "twice", 2L, false, TEN);
    }

    private void open() {
        clock.set(TEN.toEpochMilli());
        driver = new TopologyTestDriver(builder().build(), properties());
    }

    private <T extends SpecificRecord> void pipe(Topic<T> topic, String key, T value) {
        driver.createInputTopic(topic.name(), Serdes.String().serializer(), serdes.serializer(topic.type()))
                .pipeInput(key, value, TEN);
    }

    private <T extends SpecificRecord> List<TestRecord<String, T>> read(Topic<T> topic) {
        return driver.createOutputTopic(topic.name(), Serdes.String().deserializer(), serdes.deserializer(topic.type()))
                .readRecordsToList();
    }

    private AdspendTopology feature() {
        return new AdspendTopology(new FeatureContext(
                Settings.of(Map.of()),
                new Topics(""),
                serdes,
                clock,
                InputProgress.COMPLETE,
                new SimpleMeterRegistry()));
    }

    private StreamsBuilder builder() {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties())));
        feature().addTo(builder);
        return builder;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "weir-adspend");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    private static String golden() throws IOException {
        try (var in = AdspendTopologyTest.class.getResourceAsStream("/topology.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
