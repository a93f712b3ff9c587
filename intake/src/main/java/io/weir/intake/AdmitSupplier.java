package io.weir.intake;

import io.weir.core.feature.FeatureContext;
import io.weir.intake.quality.PartialCounts;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes an {@link AdmitProcessor} for each task, with its stores. */
record AdmitSupplier(FeatureContext weir, AdmitNode node, AdmitParts parts)
        implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
        return new AdmitProcessor(weir, node, parts);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(PartitionClocks.builder(node.clockStore()), PartialCounts.builder(node.countsStore()));
    }
}
