package io.weir.experiments.total;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.experiments.unit.Contribution;
import io.weir.experiments.unit.Standing;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All units of an experiment, or those of one task. Everything in it is a sum, so those of tasks can be added, and what was
 * added can be taken out exactly. Mutable.
 *
 * <pre>
 * 1 byte      layout, 1
 * signed      largest event time, millis
 * varints     units by standing, in the order of their codes; units with several variants; refunds; unattributed events
 * varint      variants, then for each: varint epoch, text variant, the totals
 * varint      variants that the definition does not know, then for each: text, varint units
 * </pre>
 */
public final class Totals {

    private static final int LAYOUT = 1;
    /** Names that a fault of a client makes up without end are told one by one only so far. */
    private static final int MOST_UNKNOWN = 100;
    /** What those beyond that are counted under. */
    private static final String OTHERS = "(others)";

    private final Map<Standing, Long> standings = new EnumMap<>(Standing.class);
    private final SortedMap<Integer, SortedMap<String, VariantTotals>> epochs = new TreeMap<>();
    private final SortedMap<String, Long> unknownVariants = new TreeMap<>();
    private long asOf = Long.MIN_VALUE;
    private long multiple;
    private long refunds;
    private long unattributed;

    /** An event of that time is in it, milliseconds UTC. */
    public void reached(long eventTime) {
        asOf = Math.max(asOf, eventTime);
    }

    /** An exposure, or something that a metric looks at, without a customer, of an experiment on customers. */
    public void unattributed() {
        unattributed++;
    }

    /** Adds what a unit contributes. */
    public void add(Contribution contribution) {
        add(contribution, 1);
    }

    /** Takes out what a unit contributed. */
    public void remove(Contribution contribution) {
        add(contribution, -1);
    }

    private void add(Contribution contribution, int sign) {
        standings.merge(contribution.standing(), (long) sign, Long::sum);
        multiple += contribution.multiple() ? sign : 0;
        for (String variant : contribution.unknownVariants()) {
            boolean room = unknownVariants.containsKey(variant) || (sign > 0 && unknownVariants.size() < MOST_UNKNOWN);
            String name = room ? variant : OTHERS;
            unknownVariants.merge(name, (long) sign, Long::sum);
            unknownVariants.remove(name, 0L);
        }
        if (contribution.counts()) {
            refunds += (long) sign * contribution.refunds();
            SortedMap<String, VariantTotals> variants =
                    epochs.computeIfAbsent(contribution.epoch(), any -> new TreeMap<>());
            VariantTotals totals = variants.computeIfAbsent(contribution.variant(), any -> new VariantTotals());
            totals.add(contribution, sign);
            if (totals.isZero()) {
                variants.remove(contribution.variant());
            }
            if (variants.isEmpty()) {
                epochs.remove(contribution.epoch());
            }
        }
    }

    /** Adds another's. */
    public void add(Totals other) {
        reached(other.asOf);
        other.standings.forEach((standing, units) -> standings.merge(standing, units, Long::sum));
        other.epochs.forEach((epoch, variants) ->
                variants.forEach((variant, totals) -> epochs.computeIfAbsent(epoch, any -> new TreeMap<>())
                        .computeIfAbsent(variant, any -> new VariantTotals())
                        .add(totals)));
        other.unknownVariants.forEach((variant, units) -> unknownVariants.merge(variant, units, Long::sum));
        multiple += other.multiple;
        refunds += other.refunds;
        unattributed += other.unattributed;
    }

    /** Largest event time, milliseconds UTC. */
    public long asOf() {
        return asOf;
    }

    /** Whether no event is in it: of an experiment that nobody has seen yet, or that is gone. */
    public boolean isEmpty() {
        return asOf == Long.MIN_VALUE;
    }

    /** Units that stand so. */
    public long units(Standing standing) {
        return standings.getOrDefault(standing, 0L);
    }

    /** Units that saw several variants. */
    public long multipleUnits() {
        return multiple;
    }

    /** Refunds that are in the values. */
    public long refunds() {
        return refunds;
    }

    /** Events without a customer, of an experiment on customers. */
    public long unattributedEvents() {
        return unattributed;
    }

    /** Units by the variant that they saw and the definition does not know. */
    public SortedMap<String, Long> unknownVariants() {
        return Collections.unmodifiableSortedMap(unknownVariants);
    }

    /** By epoch and variant. */
    public SortedMap<Integer, SortedMap<String, VariantTotals>> epochs() {
        return Collections.unmodifiableSortedMap(epochs);
    }

    /** Every variant that has units. */
    public SortedSet<String> variants() {
        SortedSet<String> variants = new TreeSet<>();
        epochs.values().forEach(epoch -> variants.addAll(epoch.keySet()));
        return variants;
    }

    /** Whether a variant has units. */
    public boolean hasVariant(String id) {
        return epochs.values().stream().anyMatch(variants -> variants.containsKey(id));
    }

    /** A variant in all epochs together. */
    public VariantTotals variant(String id) {
        VariantTotals all = new VariantTotals();
        epochs.values().forEach(variants -> {
            VariantTotals totals = variants.get(id);
            if (totals != null) {
                all.add(totals);
            }
        });
        return all;
    }

    /** A variant in one epoch. */
    public VariantTotals variant(int epoch, String id) {
        return epochs.getOrDefault(epoch, Collections.emptySortedMap()).getOrDefault(id, new VariantTotals());
    }

    /** Its bytes. */
    public byte[] encode(ByteWriter out) {
        out.put(LAYOUT).signed(asOf);
        for (Standing standing : Standing.values()) {
            out.varint(units(standing));
        }
        out.varint(multiple).varint(refunds).varint(unattributed);
        out.varint(epochs.values().stream().mapToInt(Map::size).sum());
        epochs.forEach((epoch, variants) -> variants.forEach((variant, totals) -> {
            out.varint(epoch).text(variant);
            totals.write(out);
        }));
        out.varint(unknownVariants.size());
        unknownVariants.forEach((variant, units) -> out.text(variant).varint(units));
        return out.take();
    }

    /** Reads what {@link #encode} made. */
    public static Totals decode(ByteReader in) {
        if (in.next() != LAYOUT) {
            throw new IllegalStateException(
                    "The totals of an experiment were written by a newer build; run that build.");
        }
        Totals totals = new Totals();
        totals.asOf = in.signed();
        for (Standing standing : Standing.values()) {
            totals.standings.put(standing, in.varint());
        }
        totals.multiple = in.varint();
        totals.refunds = in.varint();
        totals.unattributed = in.varint();
        int variants = in.count();
        for (int i = 0; i < variants; i++) {
            int epoch = in.count();
            String variant = in.text();
            totals.epochs.computeIfAbsent(epoch, any -> new TreeMap<>()).put(variant, VariantTotals.read(in));
        }
        int unknown = in.count();
        for (int i = 0; i < unknown; i++) {
            totals.unknownVariants.put(in.text(), in.varint());
        }
        return totals;
    }
}
