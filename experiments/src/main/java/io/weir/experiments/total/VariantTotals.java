package io.weir.experiments.total;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.experiments.unit.Contribution;
import io.weir.experiments.unit.Contribution.MetricShare;
import java.util.SortedMap;
import java.util.TreeMap;

/** The units of one variant and epoch. Mutable. */
public final class VariantTotals {

    private long units;
    private final SortedMap<String, MetricTotals> metrics = new TreeMap<>();

    void add(Contribution contribution, int sign) {
        units += sign;
        for (MetricShare share : contribution.metrics()) {
            MetricTotals totals = metrics.computeIfAbsent(share.metric(), any -> new MetricTotals());
            totals.add(share, sign);
            if (totals.isZero()) {
                metrics.remove(share.metric());
            }
        }
    }

    /** Adds another's. */
    public void add(VariantTotals other) {
        units += other.units;
        other.metrics.forEach((metric, totals) ->
                metrics.computeIfAbsent(metric, any -> new MetricTotals()).add(totals));
    }

    /** Its units. */
    public long units() {
        return units;
    }

    /** Of a metric. */
    public MetricTotals metric(String id) {
        return metrics.getOrDefault(id, new MetricTotals());
    }

    boolean isZero() {
        return units == 0 && metrics.isEmpty();
    }

    void write(ByteWriter out) {
        out.varint(units).varint(metrics.size());
        metrics.forEach((id, totals) -> {
            out.text(id);
            totals.write(out);
        });
    }

    static VariantTotals read(ByteReader in) {
        VariantTotals totals = new VariantTotals();
        totals.units = in.varint();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            totals.metrics.put(in.text(), MetricTotals.read(in));
        }
        return totals;
    }
}
