package io.weir.experiments.unit;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.experiments.definition.Definition;
import io.weir.schemas.EventKind;
import java.util.Comparator;

/**
 * Something that a unit did, and that a metric may look at.
 *
 * @param eventId unique
 * @param at event time, milliseconds UTC
 * @param kind of the event
 * @param event name of a named event; null for other kinds
 * @param merchant may be null
 * @param order of a purchase or refund; null for other kinds
 * @param micros amount of a purchase, below 0 of a refund; 0 for other kinds
 * @param currency of the amount; null for other kinds
 */
public record Conversion(
        String eventId,
        long at,
        EventKind kind,
        String event,
        String merchant,
        String order,
        long micros,
        String currency) {

    /** In the order of event time. */
    static final Comparator<Conversion> BY_TIME =
            Comparator.comparingLong(Conversion::at).thenComparing(Conversion::eventId);

    /** Whether any metric may look at it; a refund says nothing of the merchant, which its order may name. */
    public boolean mayCountFor(Definition definition) {
        return definition.metrics().stream()
                .anyMatch(metric -> metric.counts(kind, event, isRefund() ? metric.merchant() : merchant));
    }

    /** Whether it pays for an order. */
    boolean isOrder() {
        return kind == EventKind.purchase && micros >= 0;
    }

    /** Whether it gives money back. */
    boolean isRefund() {
        return kind == EventKind.purchase && micros < 0;
    }

    /** Writes it. */
    public void write(ByteWriter out) {
        out.text(eventId).signed(at).text(kind.name()).text(event).text(merchant);
        out.text(order);
        if (order != null) {
            out.signed(micros).text(currency);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Conversion read(ByteReader in) {
        String eventId = in.text();
        long at = in.signed();
        EventKind kind = EventKind.valueOf(in.text());
        String event = in.text();
        String merchant = in.text();
        String order = in.text();
        return order == null
                ? new Conversion(eventId, at, kind, event, merchant, null, 0, null)
                : new Conversion(eventId, at, kind, event, merchant, order, in.signed(), in.text());
    }
}
