package io.weir.adspend;

import io.weir.adspend.merchant.AdspendStores;
import io.weir.core.feature.Feature;
import io.weir.core.feature.FeatureContext;
import io.weir.core.feature.TopicStreams;
import io.weir.core.state.StoreNote;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.schemas.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
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
    private final TopicStreams streams;

    /**
     * Reads its settings.
     *
     * @throws io.weir.core.settings.SettingsException if one is wrong
     */
    public AdspendTopology(FeatureContext context) {
        this.context = context;
        this.settings = AdspendSettings.of(context.settings());
        this.streams = new TopicStreams(context);
    }

    @Override
    public String name() {
        return "adspend";
    }

    @Override
    public void addTo(StreamsBuilder builder) {
        long lateness = settings.lateness().toMillis();
        KStream<String, byte[]> interactions = streams.read(builder, "interactions", events())
                .process(
                        ToMerchant.by(record -> MerchantInputs.delivered(record.value(), lateness)),
                        Named.as("to-interactions"));
        KStream<String, byte[]> verdicts = streams.read(builder, "verdicts", Set.of(Topics.VERDICTS))
                .process(ToMerchant.by(record -> MerchantInputs.judged(record.value())), Named.as("to-verdicts"));
        KStream<String, byte[]> budgets = streams.read(builder, "budgets", Set.of(Topics.BUDGETS))
                .process(
                        ToMerchant.by(
                                record -> Optional.of(MerchantInputs.budgeted(record.value(), record.timestamp()))),
                        Named.as("to-budgets"));

        // One topic for all three: a merchant's writer takes them in the order in which they were read, budgets first
        // where they were written first, and recorded input comes out the same every time.
        KStream<String, Object> outcomes = interactions
                .merge(verdicts, Named.as("with-verdicts"))
                .merge(budgets, Named.as("with-budgets"))
                .repartition(TopicStreams.bytes(BY_MERCHANT))
                .process(new KeepAccounts(), Named.as(KEEP_ACCOUNTS));

        streams.write(outcomes, Outputs.COUNTS, Topics.AD_COUNTS);
        streams.write(outcomes, Outputs.CAPS, Topics.CAPS, MerchantKeys.partitioner());
        streams.write(outcomes, Outputs.NOTICES, Topics.NOTICES);
        streams.write(outcomes, Outputs.LEDGER, Topics.LEDGER);
        streams.write(outcomes, Outputs.LATE, Topics.LATE_INTERACTIONS);
        streams.write(outcomes, Outputs.STATEMENTS, Topics.STATEMENTS, MerchantKeys.partitioner());
    }

    private static Set<Topic<Event>> events() {
        return Set.of(Topics.IMPRESSIONS, Topics.CLICKS, Topics.VIDEO);
    }

    @Override
    public Set<String> sources() {
        Set<Topic<?>> topics = new HashSet<>(events());
        topics.add(Topics.VERDICTS);
        topics.add(Topics.BUDGETS);
        return context.topics().names(topics);
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

        private final Set<String> sources = sources();

        @Override
        public Processor<String, byte[], String, Object> get() {
            return new MerchantProcessor(settings, context, sources);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return AdspendStores.builders(settings.remembered(), settings.statementsKept(), settings.ledgerKept());
        }
    }
}
