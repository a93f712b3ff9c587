package io.weir.intake.admission.format;

import io.weir.core.json.AvroJsonReader;
import io.weir.core.json.JsonShapeException;
import io.weir.intake.admission.RawMessage;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code Event} as JSON, as Weir prints it: events that have been through intake before. They are validated again, keep
 * their enrichment, and get a new origin. Their name is that of their interaction, or of their kind.
 */
public final class WeirJson implements CollectorFormat {

    private static final String NO_TIME = "1970-01-01T00:00:00.000Z";

    @Override
    public void read(RawMessage raw, Consumer<Draft> out) {
        Draft draft = Draft.ofWhole(raw);
        ObjectNode message = JsonMessages.readObject(raw.value(), draft.findings());
        if (message != null) {
            complete(message, raw);
            try {
                map(AvroJsonReader.read(message, Event.class), draft);
            } catch (JsonShapeException e) {
                shape(e, message, draft);
            }
        }
        out.accept(draft);
    }

    /** What this message gives the event, whatever it says, and what it may leave out. */
    private static void complete(ObjectNode message, RawMessage raw) {
        message.putObject("origin")
                .put("topic", "")
                .put("partition", 0)
                .put("offset", 0L)
                .put("clock", NO_TIME);
        if (isAbsent(message, "event_id")) {
            message.put("event_id", UUID.nameUUIDFromBytes(raw.value()).toString());
        }
        if (isAbsent(message, "received_at")) {
            message.put("received_at", Instant.ofEpochMilli(raw.timestamp()).toString());
        }
    }

    private static boolean isAbsent(ObjectNode message, String field) {
        return message.get(field) == null || message.get(field).isNull();
    }

    private static void shape(JsonShapeException e, ObjectNode message, Draft draft) {
        boolean missing = message.at(e.pointer()).isMissingNode();
        draft.findings()
                .add(
                        missing ? DeadLetterReason.MISSING_FIELD : DeadLetterReason.WRONG_TYPE,
                        e.pointer(),
                        "what an Event has there",
                        missing ? "nothing" : "something else");
    }

    private static void map(Event event, Draft draft) {
        draft.begin(event);
        draft.alreadyEnriched();
        draft.happened(event.getOccurredAt().toEpochMilli(), "/occurred_at");
        draft.by(event.getCustomerId(), "/customer_id");
        EventRules rules = new EventRules(draft.findings());
        rules.identifier(event.getVisitorId(), "/visitor_id");
        rules.identifier(event.getCustomerId(), "/customer_id");
        if (!rules.identifier(event.getEventId(), "/event_id")) {
            event.setEventId(null);
        }
        event.setPage(rules.page(event.getPage()));
        if (hasItsPayload(event, draft)) {
            rules.payload(event);
            name(event, draft);
        }
    }

    private static void name(Event event, Draft draft) {
        boolean interaction =
                event.getInteraction() != null && draft.findings().decisive().isEmpty();
        draft.called(
                interaction ? event.getInteraction().getName() : event.getKind().name());
        draft.planned("/properties", () -> SegmentForm.of(event, draft.eventName()), null);
    }

    private static boolean hasItsPayload(Event event, Draft draft) {
        List<String> set = Arrays.stream(EventKind.values())
                .filter(kind -> kind != EventKind.unknown)
                .map(EventKind::name)
                .filter(kind -> event.get(kind) != null)
                .toList();
        if (set.size() == 1 && set.get(0).equals(event.getKind().name())) {
            return true;
        }
        if (set.isEmpty()) {
            draft.findings().add(DeadLetterReason.MISSING_FIELD, "/" + event.getKind(), "the payload", "nothing");
        } else {
            draft.findings().add(DeadLetterReason.WRONG_TYPE, "/kind", "the one payload that is set", "another kind");
        }
        return false;
    }
}
