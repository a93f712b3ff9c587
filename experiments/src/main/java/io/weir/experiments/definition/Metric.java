package io.weir.experiments.definition;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.bytes.EnumCodes;
import io.weir.schemas.EventKind;
import io.weir.schemas.MetricType;
import java.util.List;
import java.util.Objects;

/**
 * What is measured of a unit.
 *
 * @param id unique in the experiment
 * @param type what is counted
 * @param kind of event that counts
 * @param event name of the named event that counts; null for any of the kind
 * @param merchant whose events alone count; null for all
 * @param window how long after the anchor they do, milliseconds
 * @param capMicros most that a unit's revenue counts; null for no bound
 * @param currency of the orders that count; null for that of most orders
 * @param guardrail null if it is none
 */
public record Metric(
        String id,
        MetricType type,
        EventKind kind,
        String event,
        String merchant,
        long window,
        Long capMicros,
        String currency,
        Guardrail guardrail) {

    private static final EnumCodes<MetricType> TYPES = new EnumCodes<>(
            MetricType.class, List.of(MetricType.UNKNOWN, MetricType.CONVERSION, MetricType.REVENUE, MetricType.COUNT));

    /** Whether it looks at events of a kind, and, of a named event, of a name; and of a merchant. */
    public boolean counts(EventKind ofKind, String ofEvent, String ofMerchant) {
        return kind == ofKind
                && (event == null || event.equals(ofEvent))
                && (merchant == null || Objects.equals(merchant, ofMerchant));
    }

    /** Whether its values are amounts of money. */
    public boolean isMoney() {
        return type == MetricType.REVENUE;
    }

    void write(ByteWriter out) {
        out.text(id).put(TYPES.of(type)).text(kind.name()).text(event).text(merchant);
        out.varint(window).varint(capMicros == null ? 0 : capMicros + 1).text(currency);
        out.put(guardrail == null ? 0 : guardrail.up() ? 1 : 2);
        if (guardrail != null) {
            out.fixed(Double.doubleToLongBits(guardrail.margin()));
        }
    }

    static Metric read(ByteReader in) {
        String id = in.text();
        MetricType type = TYPES.constant(in.next());
        EventKind kind = EventKind.valueOf(in.text());
        String event = in.text();
        String merchant = in.text();
        long window = in.varint();
        long cap = in.varint();
        String currency = in.text();
        int guarded = in.next();
        Guardrail guardrail = guarded == 0 ? null : new Guardrail(guarded == 1, Double.longBitsToDouble(in.fixed()));
        return new Metric(
                id, type, kind, event, merchant, window, cap == 0 ? null : Long.valueOf(cap - 1), currency, guardrail);
    }
}
