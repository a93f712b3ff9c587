package io.weir.intake.quality;

import io.weir.core.feature.FeatureContext;
import io.weir.core.time.StreamClock;
import io.weir.core.topic.Topics;
import io.weir.intake.admission.EventLabel;
import io.weir.schemas.EventQuality;
import io.weir.schemas.QualityAlert;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Merges the counts of all tasks: when the clock has passed a minute its totals leave, and again whenever they have
 * changed since, each time the whole total; after each minute the alerts are judged. Of recorded input everything leaves
 * once, at the end.
 */
final class QualityProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    /** Soon enough for totals of minutes; at the end of recorded input it paces the steps. */
    private static final Duration TICK = Duration.ofMillis(250);
    /** After a minute's end: half a second until tasks pass their counts on, two commits, and the broker's delay. */
    private static final long SETTLING = 5_000;
    /** As long as dead letters are kept, and a day: a message that is put back still finds the total it belongs to. */
    private static final long KEPT = Duration.ofDays(8).toMillis();
    /** Totals for each tick: about 10 µs each, so that the poll loop is not held up for more than a tenth of a second. */
    private static final int TOTALS_STEP = 10_000;
    /** Minutes judged for each tick: half a millisecond each where 50 labels are in use. */
    private static final int MINUTES_STEP = 500;

    private final FeatureContext weir;
    private final AlertRule rule;
    private final Serializer<EventQuality> qualities;
    private final Serializer<QualityAlert> alerts;
    private final String qualityTopic;
    private final String alertTopic;

    private StreamClock.Duty duty;
    private QualityTotals totals;
    private AlertJudge judge;
    private long lastCounts;

    QualityProcessor(FeatureContext weir, AlertRule rule) {
        this.weir = weir;
        this.rule = rule;
        this.qualities = weir.serdes().serializer(EventQuality.class);
        this.alerts = weir.serdes().serializer(QualityAlert.class);
        this.qualityTopic = weir.topics().name(Topics.QUALITY);
        this.alertTopic = weir.topics().name(Topics.QUALITY_ALERTS);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        lastCounts = weir.clock().millis();
        totals = new QualityTotals(context.getStateStore(QualityTotals.STORE), lastCounts);
        judge = new AlertJudge(rule, totals, new AlertBook(context.getStateStore(AlertBook.STORE)));
        duty = weir.clock().duty(StreamClock.Stage.TOTALS, "intake " + QualityFlow.PROCESSOR + " " + context.taskId());
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> tick());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        lastCounts = weir.clock().millis();
        totals.add(CountsRecord.read(record.value()), lastCounts);
    }

    private void tick() {
        switch (duty.phase()) {
            case LIVE -> live(weir.clock().millis());
            case HELD -> {}
            case ENDED -> ended();
        }
    }

    private void live(long now) {
        long current = AlertRule.minuteOf(now - SETTLING);
        totals.giveOut(current, TOTALS_STEP, this::give);
        if (totals.lastMinute() != null) {
            judge.judgeUpTo(judgeable(now, current - AlertRule.MINUTE), MINUTES_STEP, this::give);
        }
        totals.forget(now - KEPT, TOTALS_STEP);
    }

    /**
     * The last minute of which the counts are likely to be complete. While old input is caught up with, what is read
     * tells the time: the minutes before the newest that has been read; after a minute of silence the clock does.
     */
    private long judgeable(long now, long complete) {
        boolean silent = now - lastCounts > AlertRule.MINUTE + SETTLING;
        return silent ? complete : Math.min(complete, totals.lastMinute() - AlertRule.MINUTE);
    }

    private void ended() {
        boolean given = totals.giveOut(Long.MAX_VALUE, TOTALS_STEP, this::give);
        // On to where the window has run empty: an alert that lasts at the end of the input ends there.
        boolean judged = totals.lastMinute() == null
                || judge.judgeUpTo(totals.lastMinute() + rule.windowMillis(), MINUTES_STEP, this::give);
        if (given && judged) {
            duty.settled();
        }
    }

    private void give(QualityKey key, QualityCounts counts) {
        EventLabel label = key.label();
        EventQuality quality = EventQuality.newBuilder()
                .setMinute(Instant.ofEpochMilli(key.minute()))
                .setSource(label.source())
                .setEventName(label.eventName())
                .setLibrary(label.library())
                .setLibraryVersion(label.libraryVersion())
                .setAccepted(counts.accepted())
                .setDuplicates(counts.duplicates())
                .setLate(counts.late())
                .setDeadLetters(counts.deadLetters())
                .setObserved(counts.observed())
                .setClientSent(counts.clientSent())
                .setClientDropped(counts.clientDropped())
                .setClientRetried(counts.clientRetried())
                .build();
        byte[] about = about(label.source(), label.eventName());
        byte[] value = qualities.serialize(qualityTopic, quality);
        context().forward(new Record<>(about, value, key.minute()), QualityFlow.QUALITY_SINK);
    }

    private void give(QualityAlert alert) {
        Instant at = alert.getEndedAt() == null ? alert.getStartedAt() : alert.getEndedAt();
        byte[] about = about(alert.getSource(), alert.getEventName());
        byte[] value = alerts.serialize(alertTopic, alert);
        context().forward(new Record<>(about, value, at.toEpochMilli()), QualityFlow.ALERT_SINK);
    }

    private static byte[] about(String source, String eventName) {
        return new SourceEvent(source, eventName).key().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        duty.close();
    }
}
