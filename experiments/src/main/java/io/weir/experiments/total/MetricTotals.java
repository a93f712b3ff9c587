package io.weir.experiments.total;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.experiments.unit.Contribution.MetricShare;
import io.weir.experiments.unit.Contribution.Value;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A metric of the units of one variant and epoch: of all, and of those whose window has passed. Mutable. */
public final class MetricTotals {

    private long units;
    private long maturedUnits;
    private final SortedMap<String, Sums> live = new TreeMap<>();
    private final SortedMap<String, Sums> matured = new TreeMap<>();

    void add(MetricShare share, int sign) {
        units += sign;
        for (Value value : share.values()) {
            add(live, value, sign);
        }
        if (share.matured()) {
            maturedUnits += sign;
            for (Value value : share.values()) {
                add(matured, value, sign);
            }
        }
    }

    private static void add(Map<String, Sums> sums, Value value, int sign) {
        Sums after = sums.getOrDefault(value.currency(), Sums.ZERO).with(value, sign);
        if (after.isZero()) {
            sums.remove(value.currency());
        } else {
            sums.put(value.currency(), after);
        }
    }

    void add(MetricTotals other) {
        units += other.units;
        maturedUnits += other.maturedUnits;
        other.live.forEach((currency, sums) -> live.merge(currency, sums, Sums::plus));
        other.matured.forEach((currency, sums) -> matured.merge(currency, sums, Sums::plus));
    }

    /** Units that have it: those that were final before it was defined do not. */
    public long units() {
        return units;
    }

    /** Units whose window has passed. */
    public long maturedUnits() {
        return maturedUnits;
    }

    /** Sums by currency, which is empty for what is not money. */
    public SortedMap<String, Sums> sums(boolean ofMatured) {
        return Collections.unmodifiableSortedMap(ofMatured ? matured : live);
    }

    boolean isZero() {
        return units == 0 && maturedUnits == 0 && live.isEmpty() && matured.isEmpty();
    }

    void write(ByteWriter out) {
        out.varint(units).varint(maturedUnits);
        write(live, out);
        write(matured, out);
    }

    private static void write(Map<String, Sums> sums, ByteWriter out) {
        out.varint(sums.size());
        sums.forEach((currency, one) -> {
            out.text(currency);
            one.write(out);
        });
    }

    static MetricTotals read(ByteReader in) {
        MetricTotals totals = new MetricTotals();
        totals.units = in.varint();
        totals.maturedUnits = in.varint();
        read(totals.live, in);
        read(totals.matured, in);
        return totals;
    }

    private static void read(Map<String, Sums> sums, ByteReader in) {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            sums.put(in.text(), Sums.read(in));
        }
    }
}
