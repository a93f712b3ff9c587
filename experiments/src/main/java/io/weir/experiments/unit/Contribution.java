package io.weir.experiments.unit;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a unit adds to an experiment. It is kept with the unit, so that whatever changes takes exactly this out again.
 *
 * @param standing of the unit; where it does not count the rest waits for it to count again
 * @param multiple whether it saw several variants
 * @param epoch in which it was first exposed
 * @param variant that it counts for, or the first that it saw
 * @param anchor its first exposure, milliseconds UTC
 * @param refunds that are in its values
 * @param unknownVariants that it saw and the definition does not know, in the order of their names
 * @param metrics in the order of the definition; none while no exposure of the unit counts
 */
public record Contribution(
        Standing standing,
        boolean multiple,
        int epoch,
        String variant,
        long anchor,
        int refunds,
        List<String> unknownVariants,
        List<MetricShare> metrics) {

    /** Copies the lists. */
    public Contribution {
        unknownVariants = List.copyOf(unknownVariants);
        metrics = List.copyOf(metrics);
    }

    /**
     * What it adds to a metric.
     *
     * @param metric id
     * @param matured whether the unit's window has passed
     * @param values none if it did nothing
     */
    public record MetricShare(String metric, boolean matured, List<Value> values) {

        /** Copies the list. */
        public MetricShare {
            values = List.copyOf(values);
        }
    }

    /**
     * A value in a currency.
     *
     * @param currency empty for what is not money
     * @param value micros, or a number
     * @param converter whether the unit did it at all
     * @param orders that the value is of
     */
    public record Value(String currency, long value, boolean converter, int orders) {}

    /** Whether an exposure of the unit counts, from which its windows run. */
    public boolean isAnchored() {
        return !metrics.isEmpty();
    }

    /** Whether it is in the numbers. */
    public boolean counts() {
        return standing == Standing.COUNTED;
    }

    void write(ByteWriter out) {
        out.put(Standing.CODES.of(standing)).put(multiple ? 1 : 0).varint(epoch);
        out.text(variant).signed(anchor).varint(refunds).varint(unknownVariants.size());
        unknownVariants.forEach(out::text);
        out.varint(metrics.size());
        for (MetricShare share : metrics) {
            out.text(share.metric()).put(share.matured() ? 1 : 0);
            out.varint(share.values().size());
            for (Value value : share.values()) {
                out.text(value.currency()).signed(value.value());
                out.put(value.converter() ? 1 : 0).varint(value.orders());
            }
        }
    }

    static Contribution read(ByteReader in) {
        Standing standing = Standing.CODES.constant(in.next());
        boolean multiple = in.next() != 0;
        int epoch = in.count();
        String variant = in.text();
        long anchor = in.signed();
        int refunds = in.count();
        int unknown = in.count();
        List<String> unknownVariants = new ArrayList<>(unknown);
        for (int i = 0; i < unknown; i++) {
            unknownVariants.add(in.text());
        }
        int count = in.count();
        List<MetricShare> metrics = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String metric = in.text();
            boolean matured = in.next() != 0;
            int size = in.count();
            List<Value> values = new ArrayList<>(size);
            for (int j = 0; j < size; j++) {
                values.add(new Value(in.text(), in.signed(), in.next() != 0, in.count()));
            }
            metrics.add(new MetricShare(metric, matured, values));
        }
        return new Contribution(standing, multiple, epoch, variant, anchor, refunds, unknownVariants, metrics);
    }
}
