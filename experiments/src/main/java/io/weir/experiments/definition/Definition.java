package io.weir.experiments.definition;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.schemas.EventKind;
import io.weir.schemas.MetricType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How an experiment is read. Immutable.
 *
 * @param id of the experiment
 * @param provisional whether it is what is assumed without a definition
 * @param ofCustomers whether customers are randomised, and not visitors
 * @param variants of which one is the control; none of a provisional one, which has whatever is seen
 * @param metrics what is measured
 * @param startedAt exposures before do not count, milliseconds UTC
 * @param endedAt exposures from then on do not count, milliseconds UTC; {@link Long#MAX_VALUE} while it runs
 * @param alpha how often a difference may be declared that is none
 * @param tuning number of units at which always-valid intervals are tightest
 * @param keepFirst whether a unit with several variants stays in the first
 * @param version the higher one counts
 */
public record Definition(
        String id,
        boolean provisional,
        boolean ofCustomers,
        List<Variant> variants,
        List<Metric> metrics,
        long startedAt,
        long endedAt,
        double alpha,
        long tuning,
        boolean keepFirst,
        long version) {

    /** Seven days: most who buy because of what they saw do so within a week. */
    public static final long DEFAULT_WINDOW = 7L * 24 * 3_600_000;
    /** How often a difference may be declared that is none, if nobody says otherwise. */
    public static final double DEFAULT_ALPHA = 0.05;
    /** Number of units at which intervals are tightest, if nobody says otherwise. */
    public static final long DEFAULT_TUNING = 5_000;

    private static final List<Metric> ASSUMED =
            List.of(purchases("conversion", MetricType.CONVERSION), purchases("revenue", MetricType.REVENUE));

    private static final String CONTROL = "control";
    private static final int OF_CUSTOMERS = 1;
    private static final int KEEP_FIRST = 2;

    /** Copies the lists. */
    public Definition {
        variants = List.copyOf(variants);
        metrics = List.copyOf(metrics);
    }

    /** What is assumed of an experiment without a definition: conversion and revenue of purchases, within a week. */
    public static Definition provisional(String id) {
        return new Definition(
                id,
                true,
                false,
                List.of(),
                ASSUMED,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                DEFAULT_ALPHA,
                DEFAULT_TUNING,
                false,
                0);
    }

    private static Metric purchases(String id, MetricType type) {
        return new Metric(id, type, EventKind.purchase, null, null, DEFAULT_WINDOW, null, null, null);
    }

    /** A provisional one with the variants that were seen: of equal weights, control the one so named, else the first. */
    public Definition withSeen(Collection<String> seen) {
        List<String> sorted = seen.stream().sorted().toList();
        List<Variant> equal = new ArrayList<>();
        for (String variant : sorted) {
            boolean control = sorted.contains(CONTROL) ? variant.equals(CONTROL) : variant.equals(sorted.get(0));
            equal.add(new Variant(variant, 1, control));
        }
        return new Definition(
                id, provisional, ofCustomers, equal, metrics, startedAt, endedAt, alpha, tuning, keepFirst, version);
    }

    /** Whether a variant is one of its own. */
    public boolean knows(String variant) {
        return provisional || variants.stream().anyMatch(own -> own.id().equals(variant));
    }

    /** Whether an exposure of that time counts, milliseconds UTC. */
    public boolean runsAt(long time) {
        return time >= startedAt && time < endedAt;
    }

    /** The variant that the others are compared with; empty if there is none yet. */
    public Optional<Variant> control() {
        return variants.stream().filter(Variant::control).findFirst();
    }

    /** The longest of its windows, milliseconds. */
    public long longestWindow() {
        return metrics.stream().mapToLong(Metric::window).max().orElse(0);
    }

    /** Writes it. */
    public void write(ByteWriter out) {
        out.text(id).put((ofCustomers ? OF_CUSTOMERS : 0) | (keepFirst ? KEEP_FIRST : 0));
        out.varint(variants.size());
        for (Variant variant : variants) {
            out.text(variant.id())
                    .fixed(Double.doubleToLongBits(variant.weight()))
                    .put(variant.control() ? 1 : 0);
        }
        out.varint(metrics.size());
        metrics.forEach(metric -> metric.write(out));
        out.signed(startedAt).signed(endedAt).fixed(Double.doubleToLongBits(alpha));
        out.varint(tuning).signed(version);
    }

    /** Reads what {@link #write} wrote. */
    public static Definition read(ByteReader in) {
        String id = in.text();
        int flags = in.next();
        List<Variant> variants = new ArrayList<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            variants.add(new Variant(in.text(), Double.longBitsToDouble(in.fixed()), in.next() != 0));
        }
        List<Metric> metrics = new ArrayList<>();
        int metricCount = in.count();
        for (int i = 0; i < metricCount; i++) {
            metrics.add(Metric.read(in));
        }
        return new Definition(
                id,
                false,
                (flags & OF_CUSTOMERS) != 0,
                variants,
                metrics,
                in.signed(),
                in.signed(),
                Double.longBitsToDouble(in.fixed()),
                in.varint(),
                (flags & KEEP_FIRST) != 0,
                in.signed());
    }
}
