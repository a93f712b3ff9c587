package io.weir.adspend;

import io.micrometer.core.instrument.Timer;
import io.weir.adspend.hop.InputCodec;
import io.weir.adspend.hop.MerchantInput;
import io.weir.adspend.hop.MerchantInput.Delivered;
import io.weir.adspend.merchant.AdspendStores;
import io.weir.adspend.merchant.MerchantBook;
import io.weir.core.feature.FeatureContext;
import io.weir.core.time.StreamClock;
import io.weir.core.topic.Topics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The one writer of a task's merchants: what arrives goes into their book, and the clock looks for what is due. */
final class MerchantProcessor implements Processor<String, byte[], String, Object> {

    /** How often the clock is looked at: a cap reopens so much after midnight, and a commit, at most. */
    private static final Duration TICK = Duration.ofMillis(100);
    /** Things that are done at a tick: each some 30 µs, so a tick some 300 ms at most, in the second after midnight. */
    private static final int AT_ONCE = 10_000;

    private static final double MEDIAN = 0.5;
    private static final double HIGH = 0.99;

    private final AdspendSettings settings;
    private final FeatureContext feature;
    private final Set<String> sources;

    private StreamClock.Duty duty;
    private boolean recorded;
    /** What its interactions come through, by merchant. */
    private Set<String> own;

    private int partition;
    /** Milliseconds UTC; an answer is awaited while it is not {@link #readThrough}. */
    private long asked;

    private long readThrough;
    private MerchantBook book;
    private Outputs outputs;
    private Timer capLatency;

    /** @param sources names of the topics that the feature reads */
    MerchantProcessor(AdspendSettings settings, FeatureContext feature, Set<String> sources) {
        this.settings = settings;
        this.feature = feature;
        this.sources = sources;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        own = Set.of(context.applicationId() + "-" + AdspendTopology.BY_MERCHANT + "-repartition");
        partition = context.taskId().partition();
        duty = feature.clock().duty(StreamClock.Stage.EVENTS, "adspend merchants " + context.taskId());
        recorded = duty.phase() != StreamClock.Phase.LIVE;
        outputs = new Outputs(context, feature.meters());
        capLatency = Timer.builder("weir.adspend.cap.latency")
                .description("From when the collector had an interaction to the decision that it reached a cap;"
                        + " without the commit that makes it known")
                .publishPercentiles(MEDIAN, HIGH)
                .register(feature.meters());
        book = new MerchantBook(settings.rules(), context, outputs, kept(), feature.meters(), !recorded);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
    }

    private AdspendStores.Kept kept() {
        return new AdspendStores.Kept(
                feature.kept(Topics.STATEMENTS),
                settings.ledgerKept().isZero() ? Optional.empty() : Optional.of(feature.kept(Topics.LEDGER)));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        MerchantInput input = InputCodec.decode(record.value());
        if (recorded && input instanceof Delivered delivered) {
            feature.end().reached(delivered.interaction().occurredAt());
        }
        long now = recorded ? 0 : feature.clock().millis();
        long before = outputs.capped();
        book.take(record.key(), input, now);
        if (!recorded && outputs.capped() > before && input instanceof Delivered delivered) {
            capLatency.record(Math.max(0, now - delivered.receivedAt()), TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        switch (duty.phase()) {
            case LIVE -> book.advance(feature.clock().millis(), AT_ONCE, this::readThrough);
            case HELD -> {}
            case ENDED -> {
                if (book.end(feature.end().largestEventTime(), AT_ONCE)) {
                    duty.settled();
                }
            }
        }
    }

    /** All that was sent by then has been read, milliseconds UTC. It takes some 20 s to be sure, so it is some 20 s ago. */
    private long readThrough() {
        if (asked == readThrough) {
            asked = feature.clock().millis();
        }
        if (feature.progress().hasRead(sources, own, partition, asked)) {
            readThrough = asked;
        }
        return readThrough;
    }

    @Override
    public void close() {
        duty.close();
    }
}
