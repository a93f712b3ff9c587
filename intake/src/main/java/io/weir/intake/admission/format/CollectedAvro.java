package io.weir.intake.admission.format;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.UnreadableRecordException;
import io.weir.intake.admission.RawMessage;
import io.weir.schemas.Client;
import io.weir.schemas.CollectedEvent;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Purchase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/** {@code CollectedEvent} in Confluent's wire format, found by registry id whatever the subject is called. */
public final class CollectedAvro implements CollectorFormat {

    private static final List<EventKind> KINDS = List.of(
            EventKind.page_view,
            EventKind.impression,
            EventKind.click,
            EventKind.video,
            EventKind.purchase,
            EventKind.exposure,
            EventKind.app_signal,
            EventKind.interaction);

    private final Deserializer<CollectedEvent> deserializer;

    public CollectedAvro(AvroSerdes serdes) {
        this.deserializer = serdes.deserializer(CollectedEvent.class);
    }

    @Override
    public void read(RawMessage raw, Consumer<Draft> out) {
        Draft draft = Draft.ofWhole(raw);
        try {
            map(deserializer.deserialize(raw.topic(), raw.value()), draft, raw);
        } catch (UnreadableRecordException e) {
            draft.findings().addWhole(e.reason(), sentence(e.getMessage()));
        }
        out.accept(draft);
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }

    private static void map(CollectedEvent sent, Draft draft, RawMessage raw) {
        Event event = draft.begin();
        EventRules rules = new EventRules(draft.findings());
        client(sent, event.getClient());
        identity(sent, draft, raw, rules);
        times(sent, draft, raw);
        draft.from(sent.getIp());
        draft.through(sent.getCampaign());
        event.setPage(rules.page(sent.getPage()));
        if (!payload(sent, draft)) {
            return;
        }
        String name = sent.getEventName() == null ? event.getKind().name() : sent.getEventName();
        if (!rules.identifier(name, "/event_name")) {
            return;
        }
        SegmentEvent known = SegmentEvent.named(name);
        draft.called(known.canonical(name));
        negate(event.getPurchase(), known);
        rules.payload(event);
        draft.planned("/properties", () -> SegmentForm.of(event, draft.eventName()), null);
    }

    private static void client(CollectedEvent sent, Client client) {
        client.setUserAgent(sent.getUserAgent());
        client.setLocale(sent.getLocale());
        client.setCountry(sent.getCountry());
        client.setApp(sent.getApp());
        client.setAppVersion(sent.getAppVersion());
        client.setLibrary(sent.getLibrary());
        client.setLibraryVersion(sent.getLibraryVersion());
    }

    private static void identity(CollectedEvent sent, Draft draft, RawMessage raw, EventRules rules) {
        Event event = draft.event();
        if (sent.getEventId() == null) {
            event.setEventId(UUID.nameUUIDFromBytes(raw.value()).toString());
        } else if (rules.identifier(sent.getEventId(), "/event_id")) {
            event.setEventId(sent.getEventId());
        }
        boolean customerKnown = sent.getCustomerId() != null && rules.identifier(sent.getCustomerId(), "/customer_id");
        draft.by(customerKnown ? sent.getCustomerId() : null, "/customer_id");
        if (sent.getVisitorId() != null) {
            rules.identifier(sent.getVisitorId(), "/visitor_id");
            event.setVisitorId(sent.getVisitorId());
        } else if (customerKnown) {
            event.setVisitorId(Visitors.of(sent.getCustomerId(), "/customer_id", draft.findings()));
        } else if (sent.getCustomerId() == null) {
            draft.findings().add(DeadLetterReason.MISSING_FIELD, "/visitor_id", "visitor_id or customer_id", "nothing");
        }
    }

    private static void times(CollectedEvent sent, Draft draft, RawMessage raw) {
        long received = sent.getReceivedAt() == null
                ? raw.timestamp()
                : sent.getReceivedAt().toEpochMilli();
        draft.event().setReceivedAt(Instant.ofEpochMilli(received));
        Instant originated = sent.getOriginatedAt();
        if (sent.getOccurredAt() != null) {
            draft.happened(sent.getOccurredAt().toEpochMilli(), "/occurred_at");
        } else if (originated == null) {
            draft.happened(received, "/received_at");
        } else if (sent.getSentAt() == null) {
            draft.happened(originated.toEpochMilli(), "/originated_at");
        } else {
            corrected(draft, received, sent.getSentAt().toEpochMilli(), originated.toEpochMilli());
        }
    }

    private static void corrected(Draft draft, long received, long sent, long originated) {
        try {
            long onItsWay = Math.subtractExact(sent, originated);
            draft.happened(Math.subtractExact(received, onItsWay), "/originated_at");
        } catch (ArithmeticException e) {
            draft.happened(0, "/originated_at");
            draft.findings()
                    .add(DeadLetterReason.INVALID_TIME, "/originated_at", "a time near sent_at", "one ages away");
        }
    }

    /** Takes over the one payload. */
    private static boolean payload(CollectedEvent sent, Draft draft) {
        Event event = draft.event();
        for (EventKind kind : KINDS) {
            Object payload = sent.get(kind.name());
            if (payload != null && event.getKind() != null) {
                draft.findings()
                        .add(DeadLetterReason.WRONG_TYPE, "/" + kind.name(), "one payload", "another one beside it");
                return false;
            }
            if (payload != null) {
                event.setKind(kind);
                event.put(kind.name(), payload);
            }
        }
        if (event.getKind() == null) {
            draft.findings().add(DeadLetterReason.MISSING_FIELD, "", "one payload, such as page_view", "none");
            return false;
        }
        return true;
    }

    /** A refund is a negative amount, whichever way its sender counts. */
    private static void negate(Purchase purchase, SegmentEvent known) {
        boolean turned = purchase != null && known == SegmentEvent.ORDER_REFUNDED && purchase.getAmountMicros() > 0;
        if (turned) {
            purchase.setAmountMicros(-purchase.getAmountMicros());
        }
    }
}
