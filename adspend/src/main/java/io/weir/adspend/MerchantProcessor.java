package io.weir.adspend;

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
        Outputs outputs = new Outputs(context, feature.meters());
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
        book.take(record.key(), input, recorded ? 0 : feature.clock().millis());
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
