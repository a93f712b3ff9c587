package io.weir.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.time.StreamClock;
import io.weir.intake.admission.EventLabel;
import io.weir.intake.quality.CountsRecord;
import io.weir.intake.quality.PartialCounts;
import io.weir.intake.quality.QualityCounts;
import io.weir.intake.quality.QualityKey;
import io.weir.intake.quality.SourceEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Passes on what one task has counted, twice a second, in every phase: these are parts of totals, not results. */
final class CountsOutlet implements AutoCloseable {

    /** A second or two until the totals are complete, for a few hundred small records a second. */
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final ProcessorContext<byte[], byte[]> context;
    private final PartialCounts counts;
    private final String child;
    private final MeterRegistry meters;
    private final StreamClock.Duty duty;

    /**
     * Opens it, and schedules what it does.
     *
     * @param node the processor's name
     * @param child where the counts go
     */
    CountsOutlet(
            FeatureContext weir,
            ProcessorContext<byte[], byte[]> context,
            PartialCounts counts,
            String node,
            String child) {
        this.context = context;
        this.counts = counts;
        this.child = child;
        this.meters = weir.meters();
        this.duty = weir.clock().duty(StreamClock.Stage.EVENTS, "intake " + node + " " + context.taskId());
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, time -> pass());
    }

    /** Where the clock stands towards the input. */
    StreamClock.Phase phase() {
        return duty.phase();
    }

    private void pass() {
        counts.drain(this::pass);
        if (duty.phase() == StreamClock.Phase.ENDED) {
            duty.settled();
        }
    }

    private void pass(QualityKey key, QualityCounts count) {
        EventLabel label = key.label();
        byte[] about = new SourceEvent(label.source(), label.eventName()).key().getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(about, new CountsRecord(key, count).write(), key.minute()), child);
        meter(label.source(), "accepted", "", count.accepted());
        meter(label.source(), "duplicate", "", count.duplicates());
        meter(label.source(), "late", "", count.late());
        count.deadLetters().forEach((reason, n) -> meter(label.source(), "dead-letter", reason, n));
        count.observed().forEach((reason, n) -> meter(label.source(), "observed", reason, n));
    }

    private void meter(String source, String outcome, String reason, long more) {
        if (more > 0) {
            Counter.builder("weir.intake.events")
                    .description("Messages decided on; late and observed ones are part of the accepted")
                    .tag("source", source)
                    .tag("outcome", outcome)
                    .tag("reason", reason)
                    .register(meters)
                    .increment((double) more);
        }
    }

    @Override
    public void close() {
        duty.close();
    }
}
