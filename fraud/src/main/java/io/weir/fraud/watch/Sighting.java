package io.weir.fraud.watch;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.topic.EventKinds;
import io.weir.core.topic.KeyParts;
import io.weir.fraud.rule.EventFields;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import java.util.Comparator;

/**
 * What a rule remembers of an event.
 *
 * @param eventId id of the event
 * @param at when it occurred, milliseconds UTC
 * @param kind of the event
 * @param visitor who did it
 * @param merchant of its advertisement or purchase; null if there is none
 * @param campaign of its advertisement; null if there is none
 */
public record Sighting(String eventId, long at, EventKind kind, String visitor, String merchant, String campaign) {

    /** The order in which events count. Ids are a visitor's own: two of the same id and time are the same only of one visitor. */
    public static final Comparator<Sighting> IN_ORDER = Comparator.comparingLong(Sighting::at)
            .thenComparing(Sighting::eventId)
            .thenComparing(Sighting::visitor);

    /** What is remembered of an event. */
    public static Sighting of(Event event) {
        return new Sighting(
                event.getEventId(),
                event.getOccurredAt().toEpochMilli(),
                event.getKind(),
                event.getVisitorId(),
                EventFields.merchant(event),
                EventFields.campaign(event));
    }

    /**
     * The same in the order in which events were received, and not the same as one of another visitor that has its id.
     *
     * @param receivedAt milliseconds UTC
     */
    public Sighting received(long receivedAt) {
        return new Sighting(KeyParts.join(visitor, eventId), receivedAt, kind, visitor, merchant, campaign);
    }

    /** One of which all is said; it only counts. */
    static Sighting told(long at, String eventId, String visitor) {
        return new Sighting(eventId, at, EventKind.unknown, visitor, null, null);
    }

    /** Writes it: text id, signed time, 1 byte kind, texts visitor, merchant and campaign. */
    public void write(ByteWriter out) {
        out.text(eventId).signed(at).put(EventKinds.CODES.of(kind));
        out.text(visitor).text(merchant).text(campaign);
    }

    /** Reads what {@link #write} wrote. */
    public static Sighting read(ByteReader in) {
        return new Sighting(
                in.text(), in.signed(), EventKinds.CODES.constant(in.next()), in.text(), in.text(), in.text());
    }
}
