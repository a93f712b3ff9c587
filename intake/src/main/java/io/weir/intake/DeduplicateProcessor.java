package io.weir.intake;

import io.weir.core.feature.FeatureContext;
import io.weir.intake.dedupe.DedupeMemory;
import io.weir.intake.dedupe.SeenEvents;
import io.weir.intake.quality.PartialCounts;
import io.weir.intake.quality.QualityCounts;
import io.weir.schemas.DeadLetterReason;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends each event to the topic of its kind once, and counts it and its copies. Keys are visitor ids. */
final class DeduplicateProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private final FeatureContext weir;
    private final DedupeMemory memory;

    private SeenEvents seen;
    private PartialCounts counts;
    private CountsOutlet outlet;

    DeduplicateProcessor(FeatureContext weir, DedupeMemory memory) {
        this.weir = weir;
        this.memory = memory;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        seen = new SeenEvents(context.getStateStore(SeenEvents.STORE), memory);
        counts = new PartialCounts(context.getStateStore(IntakeNames.EVENT_COUNTS_STORE));
        outlet = new CountsOutlet(
                weir, context, counts, IntakeNames.DEDUPLICATE, IntakeNames.into(IntakeNames.EVENT_COUNTS));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        AdmittedEvent event = AdmittedEvent.read(record.value());
        QualityCounts count = counts.of(event.quality());
        if (seen.remember(event.fingerprint(), record.timestamp())) {
            context().forward(record.withValue(event.avro()), IntakeNames.sink(event.kind()));
            count.accept(event.late());
            if (event.observed() != DeadLetterReason.UNKNOWN) {
                count.observe(event.observed().name());
            }
            if (event.report() != null) {
                count.report(event.report());
            }
        } else {
            count.duplicate();
        }
        counts.keep(event.quality(), count);
    }

    @Override
    public void close() {
        outlet.close();
    }
}
