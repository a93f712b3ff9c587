package io.weir.intake;

import io.weir.core.error.Faults;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.SchemaNotRegisteredException;
import io.weir.core.time.StreamClock;
import io.weir.intake.admission.Admission;
import io.weir.intake.admission.Admitted;
import io.weir.intake.admission.EventLabel;
import io.weir.intake.admission.Gate;
import io.weir.intake.admission.RawMessage;
import io.weir.intake.admission.Refused;
import io.weir.intake.dedupe.EventFingerprint;
import io.weir.intake.quality.ClientHealth;
import io.weir.intake.quality.PartialCounts;
import io.weir.intake.quality.QualityCounts;
import io.weir.intake.quality.QualityKey;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on each raw message: its events go on with the clock of their raw partition, what is refused becomes a dead
 * letter. Only accepted events, copies among them, move the clock.
 */
final class AdmitProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(AdmitProcessor.class);
    /** Bugs are logged with their trace this often for each task; the dead letters tell of the others. */
    private static final int LOGGED = 10;

    private final FeatureContext weir;
    private final AdmitNode node;
    private final AdmitParts parts;
    private final EventFingerprint fingerprints = new EventFingerprint();
    private final List<Admission> admissions = new ArrayList<>();

    private Gate gate;
    private PartitionClocks clocks;
    private PartialCounts counts;
    private CountsOutlet outlet;
    private int faults;

    AdmitProcessor(FeatureContext weir, AdmitNode node, AdmitParts parts) {
        this.weir = weir;
        this.node = node;
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        gate = parts.gates().open();
        clocks = new PartitionClocks(
                context.getStateStore(node.clockStore()), context.taskId().partition());
        counts = new PartialCounts(context.getStateStore(node.countsStore()));
        outlet = new CountsOutlet(weir, context, counts, node.name(), node.countsTo());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata position = context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a raw record without a position"));
        RawMessage raw = new RawMessage(
                position.topic(),
                position.partition(),
                position.offset(),
                record.timestamp(),
                record.headers(),
                record.key(),
                record.value());
        decide(raw);
        for (int i = 0; i < admissions.size(); i++) {
            Admission admission = admissions.get(i);
            if (admission instanceof Admitted admitted) {
                accept(raw, admitted);
            } else {
                refuse(raw, (Refused) admission);
            }
        }
        admissions.clear();
    }

    /** All admissions of a message, or, where the gate fails on it, one refusal of the whole: never a part of them. */
    private void decide(RawMessage raw) {
        admissions.clear();
        try {
            gate.admit(raw, weir.clock().millis(), admissions::add);
        } catch (RuntimeException e) {
            admissions.clear();
            admissions.add(unprocessable(raw, e));
        }
    }

    private void accept(RawMessage raw, Admitted admitted) {
        Event event = admitted.event();
        long occurredAt = event.getOccurredAt().toEpochMilli();
        long clock = clocks.with(raw.topic(), occurredAt);
        event.getOrigin().setClock(Instant.ofEpochMilli(clock));
        byte[] avro;
        try {
            avro = parts.events().serialize(parts.topicOf(event.getKind()), event);
        } catch (RuntimeException e) {
            refuse(raw, unwritable(raw, admitted, e));
            return;
        }
        clocks.advance(raw.topic(), occurredAt);
        byte[] visitorId = event.getVisitorId().getBytes(StandardCharsets.UTF_8);
        byte[] fingerprint = new byte[EventFingerprint.LENGTH];
        fingerprints.write(visitorId, event.getEventId(), fingerprint, 0);
        AdmittedEvent accepted = new AdmittedEvent(
                event.getKind(),
                clock - occurredAt > parts.lateAfter(),
                admitted.breach() == null
                        ? DeadLetterReason.UNKNOWN
                        : admitted.breach().reason(),
                fingerprint,
                ClientHealth.of(event),
                QualityKey.of(raw.timestamp(), admitted.label()),
                avro);
        context().forward(new Record<>(visitorId, accepted.write(), occurredAt), node.eventsTo());
    }

    private void refuse(RawMessage raw, Refused refused) {
        boolean live = outlet.phase() == StreamClock.Phase.LIVE;
        long refusedAt = live ? weir.clock().millis() : raw.timestamp();
        byte[] letter = parts.letters().serialize(parts.letterTopic(), DeadLetterForm.of(raw, refused, refusedAt));
        context()
                .forward(new Record<>(DeadLetterForm.key(raw, refused), letter, raw.timestamp()), node.deadLettersTo());
        QualityKey key = QualityKey.of(raw.timestamp(), refused.label());
        QualityCounts count = counts.of(key);
        count.refuse(refused.reason().name());
        counts.keep(key, count);
    }

    private Refused unprocessable(RawMessage raw, RuntimeException e) {
        rethrowUnlessOfTheData(raw, e);
        return new Refused(
                DeadLetterReason.UNPROCESSABLE_EVENT,
                "The message cannot be processed (" + e.getClass().getSimpleName() + ").",
                null,
                null,
                null,
                null,
                EventLabel.unread(raw.topic()),
                raw.value());
    }

    private Refused unwritable(RawMessage raw, Admitted admitted, RuntimeException e) {
        rethrowUnlessOfTheData(raw, e);
        return new Refused(
                DeadLetterReason.UNWRITABLE_EVENT,
                "The event cannot be written (" + e.getClass().getSimpleName() + ").",
                null,
                null,
                null,
                admitted.event().getEventId(),
                admitted.label(),
                raw.value());
    }

    /** What may pass, or concerns every message, must stop the task; a message that trips over a bug must not. */
    private void rethrowUnlessOfTheData(RawMessage raw, RuntimeException e) {
        if (Faults.passes(e) || Faults.isCausedBy(e, SchemaNotRegisteredException.class)) {
            throw e;
        }
        faults++;
        if (faults <= LOGGED) {
            LOG.error("{}-{}@{}: the message becomes a dead letter", raw.topic(), raw.partition(), raw.offset(), e);
        }
    }

    @Override
    public void close() {
        outlet.close();
        gate.close();
    }
}
