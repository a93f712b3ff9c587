package io.weir.intake.admission;

import io.weir.core.serde.AvroSerdes;
import io.weir.intake.admission.enrichment.Enrichment;
import io.weir.intake.admission.enrichment.KeyedHash;
import io.weir.intake.admission.format.CollectedAvro;
import io.weir.intake.admission.format.CollectorFormat;
import io.weir.intake.admission.format.Draft;
import io.weir.intake.admission.format.SegmentJson;
import io.weir.intake.admission.format.Visitors;
import io.weir.intake.admission.format.WeirJson;
import io.weir.intake.admission.plan.PlanFinding;
import io.weir.intake.admission.plan.TrackingPlan;
import io.weir.intake.admission.validation.Finding;
import io.weir.intake.admission.validation.PersonalIdentifiers;
import io.weir.intake.admission.validation.TimeBounds;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.Event;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Decides on raw messages. One for each processor instance: not safe for threads. */
public final class Gate implements AutoCloseable {

    /** What comes before the keyed hash of a customer id that named a person. */
    static final String HASHED_PREFIX = "h:";

    private final Map<String, CollectorFormat> formats = new HashMap<>();
    private final int maxMessageBytes;
    private final TimeBounds bounds;
    private final CustomerIdPolicy customerIds;
    private final KeyedHash hash;
    private final Supplier<TrackingPlan> plan;
    private final Enrichment enrichment;
    private final Runnable onClose;
    private boolean closed;

    Gate(
            AdmissionSettings settings,
            AvroSerdes serdes,
            Map<String, SourceFormat> sources,
            Supplier<TrackingPlan> plan,
            Enrichment enrichment,
            Runnable onClose) {
        sources.forEach((topic, format) -> formats.put(topic, reader(format, settings, serdes)));
        this.maxMessageBytes = settings.maxMessageBytes();
        this.bounds = TimeBounds.of(settings);
        this.customerIds = settings.customerIds();
        this.hash = customerIds == CustomerIdPolicy.HASH ? new KeyedHash(settings.hashKeyBytes()) : null;
        this.plan = plan;
        this.enrichment = enrichment;
        this.onClose = onClose;
    }

    /**
     * Decides on a message: at least one admission, several for a batch, in the order of the batch.
     *
     * @param raw the record; its topic must be one of the sources
     * @param nowMillis now, millis since the epoch, UTC, for the time bounds
     * @param out takes the admissions
     * @throws io.weir.core.serde.RegistryUnavailableException if the schema registry does not answer: nothing is wrong
     *     with the message, it must be offered again
     */
    public void admit(RawMessage raw, long nowMillis, Consumer<Admission> out) {
        CollectorFormat format = formats.get(raw.topic());
        if (format == null) {
            throw new IllegalArgumentException("no source reads the topic " + raw.topic());
        }
        if (raw.value() == null) {
            out.accept(unread(raw, DeadLetterReason.MALFORMED, "The record has no value: expected a message."));
        } else if (raw.value().length > maxMessageBytes) {
            out.accept(unread(
                    raw,
                    DeadLetterReason.TOO_LARGE,
                    "The message has " + raw.value().length + " bytes: expected " + maxMessageBytes + " at most."));
        } else {
            format.read(raw, draft -> out.accept(decide(draft, nowMillis)));
        }
    }

    /** Gives back its share of what the gates have in common. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }

    /** Gives out the events of a message that pass everything but the tracking plan, which is not asked. */
    void readSound(RawMessage raw, long nowMillis, Consumer<Draft> out) {
        formats.get(raw.topic()).read(raw, draft -> {
            validate(draft, nowMillis);
            if (draft.findings().decisive().isEmpty()) {
                out.accept(draft);
            }
        });
    }

    private void validate(Draft draft, long nowMillis) {
        Event event = draft.event();
        if (event != null && event.getOccurredAt() != null) {
            bounds.check(event.getOccurredAt().toEpochMilli(), nowMillis, draft.occurredAtPointer(), draft.findings());
            customer(event, draft);
        }
    }

    private Admission decide(Draft draft, long nowMillis) {
        validate(draft, nowMillis);
        Optional<Finding> finding = draft.findings().decisive();
        if (finding.isPresent()) {
            return refused(draft, finding.get());
        }
        Optional<PlanFinding> planned = plan.get().check(draft.eventName(), draft.planVersion(), draft::properties);
        if (planned.isPresent() && planned.get().refuse()) {
            return refused(draft, planned.get().breach());
        }
        Event event = draft.event();
        if (!draft.isEnriched()) {
            enrichment.enrich(event, draft.ip(), draft.campaign());
        }
        event.getOrigin().setClock(event.getOccurredAt());
        return new Admitted(
                event, draft.label(), planned.map(PlanFinding::breach).orElse(null));
    }

    /** An identifier must not name a person. */
    private void customer(Event event, Draft draft) {
        String id = event.getCustomerId();
        if (id == null || !PersonalIdentifiers.isPersonal(id)) {
            return;
        }
        if (customerIds == CustomerIdPolicy.REFUSE) {
            draft.findings()
                    .add(
                            DeadLetterReason.PERSONAL_IDENTIFIER,
                            draft.customerPointer(),
                            "an identifier that names nobody",
                            "an e-mail address or a phone number");
            return;
        }
        String hashed = HASHED_PREFIX + hash.of(id.strip().toLowerCase(Locale.ROOT));
        if ((Visitors.CUSTOMER_PREFIX + id).equals(event.getVisitorId())) {
            event.setVisitorId(Visitors.CUSTOMER_PREFIX + hashed);
        }
        event.setCustomerId(hashed);
    }

    private static Refused unread(RawMessage raw, DeadLetterReason reason, String message) {
        return new Refused(reason, message, null, null, null, null, EventLabel.unread(raw.topic()), raw.value());
    }

    private static Refused refused(Draft draft, Finding finding) {
        return new Refused(
                finding.reason(),
                finding.message(),
                finding.field(),
                null,
                null,
                draft.eventId(),
                draft.label(),
                draft.value());
    }

    private static Refused refused(Draft draft, PlanBreach breach) {
        return new Refused(
                breach.reason(),
                breach.message(),
                breach.field() == null ? null : draft.propertiesPointer() + breach.field(),
                breach.schema(),
                breach.version(),
                draft.eventId(),
                draft.label(),
                draft.value());
    }

    private static CollectorFormat reader(SourceFormat format, AdmissionSettings settings, AvroSerdes serdes) {
        return switch (format) {
            case SEGMENT_JSON -> new SegmentJson(settings.maxMessageBytes());
            case AVRO -> new CollectedAvro(serdes);
            case WEIR_JSON -> new WeirJson();
        };
    }
}
