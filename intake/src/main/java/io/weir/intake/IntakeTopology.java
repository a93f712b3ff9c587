package io.weir.intake;

import io.weir.core.feature.Feature;
import io.weir.core.feature.FeatureContext;
import io.weir.core.settings.SettingsException;
import io.weir.core.state.StoreNote;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.intake.admission.Gates;
import io.weir.intake.dedupe.SeenEvents;
import io.weir.intake.quality.PartialCounts;
import io.weir.intake.quality.QualityFlow;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * Raw collector topics to trusted events.
 *
 * <pre>
 * raw topics ─ admit ─ by visitor ─ deduplicate ─ events.&lt;kind&gt;
 *                │                       │
 *                ├─ dead letters         └─ counts ─┐
 *                └─ counts ─────────────────────────┴─ totals ─ intake.quality, intake.alerts
 * </pre>
 *
 * Between its processors everything is bytes: an event is decoded once and encoded once.
 */
public final class IntakeTopology implements Feature {

    /** Counts are a few hundred small records a second: one task merges them, and judges alerts over all of them. */
    private static final int ONE_PARTITION = 1;

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final FeatureContext weir;
    private final IntakeSettings settings;
    private final Gates gates;

    /**
     * Reads the settings; nothing else is read yet.
     *
     * @throws SettingsException if a setting is wrong
     */
    public IntakeTopology(FeatureContext weir) {
        this.weir = weir;
        this.settings = IntakeSettings.from(weir.settings());
        this.gates = new Gates(settings.admission(), weir.serdes(), settings.formats());
    }

    @Override
    public void prepare() {
        gates.prepare();
    }

    @Override
    public String name() {
        return "intake";
    }

    @Override
    public void addTo(StreamsBuilder builder) {
        AdmitParts parts = parts();
        List<KStream<byte[], byte[]>> events = new ArrayList<>();
        List<KStream<byte[], byte[]>> counts = new ArrayList<>();

        // Collectors key by whatever they like: decide first, then bring each visitor's events together.
        List<String> unkeyed = settings.topics(KeyedBy.NONE);
        if (!unkeyed.isEmpty()) {
            KStream<byte[], byte[]> admitted = admitted(builder, unkeyed, IntakeNames.RAW, unkeyedNode(), parts);
            events.add(byVisitor(admitted));
            counts.add(counts(admitted, IntakeNames.REFUSED_COUNTS));
        }

        // These are where they belong already.
        List<String> keyed = settings.topics(KeyedBy.VISITOR);
        if (!keyed.isEmpty()) {
            KStream<byte[], byte[]> admitted =
                    admitted(builder, keyed, IntakeNames.KEYED_RAW, keyedNode(!unkeyed.isEmpty()), parts);
            events.add(admitted);
            counts.add(counts(admitted, IntakeNames.KEYED_REFUSED_COUNTS));
        }

        // Each event once, to the topic of its kind.
        KStream<byte[], byte[]> unique = merged(events, IntakeNames.BOTH)
                .process(new DeduplicateSupplier(weir, settings.memory()), Named.as(IntakeNames.DEDUPLICATE));
        for (EventKind kind : Topics.kinds()) {
            unique.to(weir.topics().name(Topics.of(kind)), to(IntakeNames.sink(kind)));
        }
        counts.add(counts(unique, IntakeNames.EVENT_COUNTS));

        // What all tasks counted, merged.
        KStream<byte[], byte[]> all = counts.size() == 3
                ? counts.get(0)
                        .merge(counts.get(1), Named.as(IntakeNames.ALL_KEYED_COUNTS))
                        .merge(counts.get(2), Named.as(IntakeNames.ALL_COUNTS))
                : merged(counts, IntakeNames.ALL_COUNTS);
        QualityFlow.addTo(all, weir, settings.alerts());
    }

    private KStream<byte[], byte[]> admitted(
            StreamsBuilder builder, List<String> topics, String source, AdmitNode node, AdmitParts parts) {
        KStream<byte[], byte[]> admitted = builder.stream(
                        topics,
                        Consumed.with(BYTES, BYTES).withName(source).withTimestampExtractor(new RawTimestamps()))
                .process(new AdmitSupplier(weir, node, parts), Named.as(node.name()));
        admitted.to(weir.topics().name(Topics.DEAD_LETTER), to(node.deadLettersTo()));
        return admitted;
    }

    private KStream<byte[], byte[]> byVisitor(KStream<byte[], byte[]> admitted) {
        Repartitioned<byte[], byte[]> hop = Repartitioned.with(BYTES, BYTES).withName(IntakeNames.BY_VISITOR);
        return admitted.repartition(
                settings.hopPartitions().map(hop::withNumberOfPartitions).orElse(hop));
    }

    private static KStream<byte[], byte[]> counts(KStream<byte[], byte[]> from, String name) {
        return from.repartition(Repartitioned.with(BYTES, BYTES).withName(name).withNumberOfPartitions(ONE_PARTITION));
    }

    private static KStream<byte[], byte[]> merged(List<KStream<byte[], byte[]>> oneOrTwo, String name) {
        return oneOrTwo.size() == 1 ? oneOrTwo.get(0) : oneOrTwo.get(0).merge(oneOrTwo.get(1), Named.as(name));
    }

    private static Produced<byte[], byte[]> to(String sink) {
        return Produced.with(BYTES, BYTES).withName(sink);
    }

    private AdmitParts parts() {
        return new AdmitParts(
                gates,
                weir.serdes().serializer(Event.class),
                weir.serdes().serializer(DeadLetter.class),
                weir.topics(),
                settings.lateAfter().toMillis());
    }

    private static AdmitNode unkeyedNode() {
        return new AdmitNode(
                IntakeNames.ADMIT,
                IntakeNames.CLOCK_STORE,
                IntakeNames.REFUSED_COUNTS_STORE,
                IntakeNames.into(IntakeNames.BY_VISITOR),
                IntakeNames.DEAD_LETTERS_SINK,
                IntakeNames.into(IntakeNames.REFUSED_COUNTS));
    }

    private static AdmitNode keyedNode(boolean besideOthers) {
        return new AdmitNode(
                IntakeNames.KEYED_ADMIT,
                IntakeNames.KEYED_CLOCK_STORE,
                IntakeNames.KEYED_REFUSED_COUNTS_STORE,
                besideOthers ? IntakeNames.BOTH : IntakeNames.DEDUPLICATE,
                IntakeNames.KEYED_DEAD_LETTERS_SINK,
                IntakeNames.into(IntakeNames.KEYED_REFUSED_COUNTS));
    }

    @Override
    public Set<String> sources() {
        return settings.sources().stream().map(IntakeSource::topic).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Topic<?>> sinks() {
        Set<Topic<?>> sinks = new HashSet<>(Set.of(Topics.DEAD_LETTER, Topics.QUALITY, Topics.QUALITY_ALERTS));
        Topics.kinds().forEach(kind -> sinks.add(Topics.of(kind)));
        return Set.copyOf(sinks);
    }

    @Override
    public List<StoreNote> stores() {
        List<StoreNote> notes = new ArrayList<>();
        if (!settings.topics(KeyedBy.NONE).isEmpty()) {
            notes.add(PartitionClocks.note(IntakeNames.CLOCK_STORE));
            notes.add(PartialCounts.note(IntakeNames.REFUSED_COUNTS_STORE));
        }
        if (!settings.topics(KeyedBy.VISITOR).isEmpty()) {
            notes.add(PartitionClocks.note(IntakeNames.KEYED_CLOCK_STORE));
            notes.add(PartialCounts.note(IntakeNames.KEYED_REFUSED_COUNTS_STORE));
        }
        notes.add(SeenEvents.note(settings.memory()));
        notes.add(PartialCounts.note(IntakeNames.EVENT_COUNTS_STORE));
        notes.addAll(QualityFlow.notes());
        return List.copyOf(notes);
    }
}
