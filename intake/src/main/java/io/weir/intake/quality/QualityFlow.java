package io.weir.intake.quality;

import io.weir.core.feature.FeatureContext;
import io.weir.core.state.StoreNote;
import io.weir.core.topic.Topics;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The last part of the topology: counts of all tasks to totals and alerts. */
public final class QualityFlow {

    static final String PROCESSOR = "intake-quality-totals";
    static final String QUALITY_SINK = "intake-quality-sink";
    static final String ALERT_SINK = "intake-alerts-sink";

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private QualityFlow() {}

    /**
     * Adds it.
     *
     * @param counts {@link CountsRecord}s of all tasks, on one partition
     */
    public static void addTo(KStream<byte[], byte[]> counts, FeatureContext weir, AlertRule rule) {
        KStream<byte[], byte[]> totals = counts.process(new Supplier(weir, rule), Named.as(PROCESSOR));
        totals.to(
                weir.topics().name(Topics.QUALITY), Produced.with(BYTES, BYTES).withName(QUALITY_SINK));
        totals.to(
                weir.topics().name(Topics.QUALITY_ALERTS),
                Produced.with(BYTES, BYTES).withName(ALERT_SINK));
    }

    /** For operators. */
    public static List<StoreNote> notes() {
        return List.of(QualityTotals.note(), AlertBook.note());
    }

    private record Supplier(FeatureContext weir, AlertRule rule)
            implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

        @Override
        public Processor<byte[], byte[], byte[], byte[]> get() {
            return new QualityProcessor(weir, rule);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(QualityTotals.builder(), AlertBook.builder());
        }
    }
}
