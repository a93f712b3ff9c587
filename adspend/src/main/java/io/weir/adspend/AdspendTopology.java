package io.weir.adspend;

import io.weir.adspend.merchant.AdspendStores;
import io.weir.core.feature.Feature;
import io.weir.core.feature.FeatureContext;
import io.weir.core.state.StoreNote;
import io.weir.core.time.EndOfInput;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.schemas.AdCounts;
import io.weir.schemas.AdInteraction;
import io.weir.schemas.CapStatus;
import io.weir.schemas.Event;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.MerchantBudget;
import io.weir.schemas.SpendNotice;
import io.weir.schemas.Statement;
import io.weir.schemas.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Interactions with advertisements to what a merchant owes, and to whether its advertisements may be served:
 *
 * <pre>
 * adspend.budgets ──────┐
 * fraud.verdicts ───────┤
 * events.impressions ───┼──▶ (by merchant) ──▶ keep accounts ──▶ adspend.caps, .notices
 * events.clicks ────────┤                                   ├──▶ adspend.ledger, .statements
 * events.video ─────────┘                                   └──▶ adspend.counts, .late
 * </pre>
 */
public final class AdspendTopology implements Feature {

    static final String BY_MERCHANT = "by-merchant";

    private static final String KEEP_ACCOUNTS = "keep-accounts";

    private final FeatureContext context;
    private final AdspendSettings settings;

    /**
     * Reads its settings.
     *
     * @throws io.weir.core.settings.SettingsException if one is wrong
     */
    public AdspendTopology(FeatureContext context) {
        this.context = context;
        this.settings = AdspendSettings.of(context.settings());
    }

    @Override
    public String name() {
        return "adspend";
    }

    @Override
    public void addTo(StreamsBuilder builder) {
        long lateness = settings.lateness().toMillis();
        KStream<String, byte[]> interactions = read(builder, "interactions", Event.class, events())
                .process(
                        ToMerchant.by(record -> MerchantInputs.delivered(record.value(), lateness)),
                        Named.as("to-interactions"));
        KStream<String, byte[]> verdicts = read(builder, "verdicts", Verdict.class, Set.of(Topics.VERDICTS))
                .process(ToMerchant.by(record -> MerchantInputs.judged(record.value())), Named.as("to-verdicts"));
        KStream<String, byte[]> budgets = read(builder, "budgets", MerchantBudget.class, Set.of(Topics.BUDGETS))
                .process(
                        ToMerchant.by(
                                record -> Optional.of(MerchantInputs.budgeted(record.value(), record.timestamp()))),
                        Named.as("to-budgets"));

        // One topic for all three: a merchant's writer takes them in the order in which they were read, budgets first
        // where they were written first, and recorded input comes out the same every time.
        KStream<String, Object> outcomes = interactions
                .merge(verdicts, Named.as("with-verdicts"))
                .merge(budgets, Named.as("with-budgets"))
                .repartition(
                        Repartitioned.with(Serdes.String(), Serdes.ByteArray()).withName(BY_MERCHANT))
                .process(new KeepAccounts(), Named.as(KEEP_ACCOUNTS));

        write(outcomes, Outputs.COUNTS, AdCounts.class, Topics.AD_COUNTS, false);
        write(outcomes, Outputs.CAPS, CapStatus.class, Topics.CAPS, true);
        write(outcomes, Outputs.NOTICES, SpendNotice.class, Topics.NOTICES, false);
        write(outcomes, Outputs.LEDGER, LedgerEntry.class, Topics.LEDGER, false);
        write(outcomes, Outputs.LATE, AdInteraction.class, Topics.LATE_INTERACTIONS, false);
        write(outcomes, Outputs.STATEMENTS, Statement.class, Topics.STATEMENTS, true);
    }

    private <V extends SpecificRecord> KStream<String, V> read(
            StreamsBuilder builder, String node, Class<V> type, Set<Topic<V>> topics) {
        Serde<V> values = context.serdes().of(type);
        return builder.stream(
                names(topics), Consumed.with(Serdes.String(), values).withName(node));
    }

    /** @param ofParts whether keys name a part of a merchant, which does not decide the partition */
    private <V extends SpecificRecord> void write(
            KStream<String, Object> outcomes, String node, Class<V> type, Topic<V> topic, boolean ofParts) {
        Produced<String, V> produced =
                Produced.with(Serdes.String(), context.serdes().of(topic)).withName(node + "-sink");
        outcomes.mapValues(type::cast, Named.as(node))
                .to(
                        context.topics().name(topic),
                        ofParts ? produced.withStreamPartitioner(MerchantKeys.partitioner()) : produced);
    }

    private static Set<Topic<Event>> events() {
        return Set.of(Topics.IMPRESSIONS, Topics.CLICKS, Topics.VIDEO);
    }

    private Set<String> names(Set<? extends Topic<?>> topics) {
        return topics.stream().map(context.topics()::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Set<String> sources() {
        Set<Topic<?>> topics = new HashSet<>(events());
        topics.add(Topics.VERDICTS);
        topics.add(Topics.BUDGETS);
        return names(topics);
    }

    @Override
    public boolean needsEqualPartitions() {
        return false;
    }

    @Override
    public Set<Topic<?>> sinks() {
        return Set.of(
                Topics.AD_COUNTS,
                Topics.CAPS,
                Topics.NOTICES,
                Topics.LEDGER,
                Topics.LATE_INTERACTIONS,
                Topics.STATEMENTS);
    }

    @Override
    public List<StoreNote> stores() {
        return AdspendStores.notes();
    }

    private final class KeepAccounts implements ProcessorSupplier<String, byte[], String, Object> {

        private final EndOfInput end = new EndOfInput();
        private final Set<String> sources = sources();

        @Override
        public Processor<String, byte[], String, Object> get() {
            return new MerchantProcessor(settings, context, sources, end);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return AdspendStores.builders(settings.remembered());
        }
    }
}
