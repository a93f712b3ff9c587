package io.weir.intake;

import io.weir.core.feature.FeatureContext;
import io.weir.intake.dedupe.DedupeMemory;
import io.weir.intake.dedupe.SeenEvents;
import io.weir.intake.quality.PartialCounts;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes a {@link DeduplicateProcessor} for each task, with its stores. */
record DeduplicateSupplier(FeatureContext weir, DedupeMemory memory)
        implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
        return new DeduplicateProcessor(weir, memory);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(SeenEvents.builder(memory), PartialCounts.builder(IntakeNames.EVENT_COUNTS_STORE));
    }
}
