package io.weir.fraud;

import io.weir.core.feature.Feature;
import io.weir.core.feature.FeatureContext;
import io.weir.core.feature.TopicStreams;
import io.weir.core.state.StoreNote;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.fraud.alert.AlertStore;
import io.weir.fraud.hop.FraudInput;
import io.weir.fraud.hop.FraudInput.Happened;
import io.weir.fraud.hop.FraudInput.Listed;
import io.weir.fraud.hop.FraudInputCodec;
import io.weir.fraud.ratio.RatioBook;
import io.weir.fraud.ratio.RatioSums;
import io.weir.fraud.sequence.PairBook;
import io.weir.fraud.watch.WatchStores;
import io.weir.schemas.Event;
import io.weir.schemas.FraudAlert;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Events, shown to rules that are data, to alerts and verdicts:
 *
 * <pre>
 * fraud.rules, fraud.lists ──▶ (everywhere) ──┐
 * events.* ───────────────────────────────────┴──▶ screen ──▶ (by key) ──▶ watch
 *                                                     │                      │
 *                                                     └──────────┬───────────┘
 *                         fraud.alerts.&lt;route&gt;, fraud.verdicts, fraud.visitor-verdicts
 *                                │
 *                                └──▶ (by key) ──▶ keep alerts, for queries
 * </pre>
 */
public final class FraudTopology implements Feature {

    static final WatchStores VISITOR = new WatchStores("visitor");
    static final WatchStores KEY = new WatchStores("key");

    static final String BY_KEY = "by-key";

    /** As which alerts are kept, whatever their route: every deployment has this topic. */
    public static final Topic<FraudAlert> ALERTS = Topics.UNROUTED_ALERTS;

    private final FeatureContext context;
    private final FraudSettings settings;
    private final FraudStores stores;
    private final TopicStreams streams;

    /**
     * Reads its settings.
     *
     * @throws io.weir.core.settings.SettingsException if one is wrong
     */
    public FraudTopology(FeatureContext context) {
        this.context = context;
        this.settings = FraudSettings.of(context.settings());
        this.stores = new FraudStores(context, settings.kinds());
        this.streams = new TopicStreams(context);
    }

    @Override
    public String name() {
        return "fraud";
    }

    @Override
    public void addTo(StreamsBuilder builder) {
        KStream<String, Object> looked = streams.read(builder, "rules", Set.of(Topics.RULES))
                .process(() -> new RuleIntake(context, settings.kinds(), stores.codec()), Named.as("look-at-rules"));
        KStream<String, FraudAlert> refused = writeAlerts(looked, RuleIntake.ALERTS);

        // Every task of visitors is told of every rule and list, and tells every task of keys of the rules.
        KStream<String, FraudInput> rules =
                everywhere(TopicStreams.child(looked, RuleIntake.RULES, byte[].class), "rules");
        KStream<String, FraudInput> lists = everywhere(
                streams.read(builder, "lists", Set.of(Topics.LISTS))
                        .process(
                                Translation.by(
                                        stores, (codec, list) -> codec.encode(new Listed(list.key(), list.value()))),
                                Named.as("for-lists")),
                "lists");
        KStream<String, FraudInput> events = streams.read(builder, "events", events())
                .mapValues(event -> (FraudInput) new Happened(event), Named.as("to-events"));

        KStream<String, Object> screened = rules.merge(lists, Named.as("with-lists"))
                .merge(events, Named.as("with-events"))
                .process(new Screen(), Named.as("screen"));
        KStream<String, FraudAlert> seen = write(screened, VISITOR.stage());

        KStream<String, Object> watched = TopicStreams.child(screened, ScreenProcessor.TO_KEYS, byte[].class)
                .repartition(TopicStreams.bytes(BY_KEY).withStreamPartitioner(byKey()))
                .process(Translation.by(stores, (codec, bytes) -> codec.decode(bytes.value())), Named.as("decode-keys"))
                .process(new Watch(), Named.as("watch"));
        KStream<String, FraudAlert> counted = write(watched, KEY.stage());

        // Last, so that the parts before it keep their numbers, by which their tasks' directories are named.
        hop(refused, "rule")
                .merge(hop(seen, VISITOR.stage()), Named.as("with-visitor-alerts"))
                .merge(hop(counted, KEY.stage()), Named.as("with-key-alerts"))
                .process(
                        new AlertKeeper.Supplier(context.kept(ALERTS), settings.alertsKept()), Named.as("keep-alerts"));
    }

    /** Alerts to where they are kept. Each stage has an internal topic of its own: with one for all they would be one part, and move together. */
    private KStream<String, byte[]> hop(KStream<String, FraudAlert> alerts, String stage) {
        String name = "kept-" + stage + "-alerts";
        return alerts.mapValues(context.kept(ALERTS)::encode, Named.as("to-" + name))
                .repartition(TopicStreams.bytes(name));
    }

    private KStream<String, FraudInput> everywhere(KStream<String, byte[]> stream, String what) {
        return stream.repartition(
                        TopicStreams.bytes(what + "-everywhere").withStreamPartitioner(TopicStreams.everywhere()))
                .process(
                        Translation.by(stores, (codec, bytes) -> codec.decode(bytes.value())),
                        Named.as("decode-" + what));
    }

    /** A rule goes to every task; what counts, to where its key belongs. */
    private static StreamPartitioner<String, byte[]> byKey() {
        StreamPartitioner<String, byte[]> everywhere = TopicStreams.everywhere();
        return (topic, key, value, partitions) ->
                FraudInputCodec.isRule(value) ? everywhere.partitions(topic, key, value, partitions) : Optional.empty();
    }

    /** Writes what a stage comes to; its alerts. */
    private KStream<String, FraudAlert> write(KStream<String, Object> outcomes, String stage) {
        streams.write(outcomes, Outcomes.verdicts(stage), Topics.VERDICTS);
        streams.write(outcomes, Outcomes.visitorVerdicts(stage), Topics.VISITOR_VERDICTS);
        return writeAlerts(outcomes, Outcomes.alerts(stage));
    }

    private KStream<String, FraudAlert> writeAlerts(KStream<String, Object> outcomes, String node) {
        KStream<String, FraudAlert> alerts = TopicStreams.child(outcomes, node, FraudAlert.class);
        alerts.to(
                new AlertTopic(context.topics()),
                Produced.with(Serdes.String(), context.serdes().of(FraudAlert.class))
                        .withName(node + "-sink"));
        return alerts;
    }

    private Set<Topic<Event>> events() {
        return settings.kinds().stream().map(Topics::of).collect(Collectors.toSet());
    }

    @Override
    public Set<String> sources() {
        Set<Topic<?>> topics = new HashSet<>(events());
        topics.add(Topics.RULES);
        topics.add(Topics.LISTS);
        return context.topics().names(topics);
    }

    @Override
    public Set<Topic<?>> sinks() {
        Set<Topic<?>> topics = new HashSet<>(context.topics().alerts());
        topics.add(Topics.VERDICTS);
        topics.add(Topics.VISITOR_VERDICTS);
        return topics;
    }

    @Override
    public List<StoreNote> stores() {
        return Stream.of(
                        List.of(FraudStores.note(VISITOR.stage()), FraudStores.note(KEY.stage())),
                        VISITOR.notes(),
                        KEY.notes(),
                        PairBook.notes(),
                        List.of(RatioSums.note()),
                        RatioBook.notes(),
                        List.of(AlertStore.note()))
                .flatMap(List::stream)
                .toList();
    }

    /** In an order that is the same in every process, as descriptions of the topology show it. */
    private static Set<StoreBuilder<?>> byName(Set<StoreBuilder<?>> stores) {
        return stores.stream()
                .sorted(Comparator.comparing(StoreBuilder::name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private final class Screen implements ProcessorSupplier<String, FraudInput, String, Object> {

        @Override
        public Processor<String, FraudInput, String, Object> get() {
            return new ScreenProcessor(context, settings, stores, sources());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            Set<StoreBuilder<?>> all = new HashSet<>(VISITOR.builders());
            all.addAll(PairBook.builders());
            all.add(RatioSums.builder());
            all.add(FraudStores.builder(VISITOR.stage()));
            return byName(all);
        }
    }

    private final class Watch implements ProcessorSupplier<String, FraudInput, String, Object> {

        @Override
        public Processor<String, FraudInput, String, Object> get() {
            return new WatchProcessor(context, settings, stores, sources());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            Set<StoreBuilder<?>> all = new HashSet<>(KEY.builders());
            all.addAll(RatioBook.builders());
            all.add(FraudStores.builder(KEY.stage()));
            return byName(all);
        }
    }
}
