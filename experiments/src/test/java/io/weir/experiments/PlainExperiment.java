package io.weir.experiments;

import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Metric;
import io.weir.schemas.MetricType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The numbers of an experiment, computed the plain way: all events at hand, sorted, each unit by itself, nothing added to or
 * taken from anything. Knows nothing of the code under test but its definitions.
 */
final class PlainExperiment {

    /** An event: an exposure (variant), an order or refund (order, micros, currency), or a named event. */
    record Happened(
            String id,
            long at,
            String visitor,
            String customer,
            String variant,
            boolean bot,
            String order,
            long micros,
            String currency,
            String name) {}

    /** Weights that count from a time. */
    record Weights(long since, Map<String, Double> byVariant) {}

    /** Numbers of a cell: units; and by metric and currency n, sum, sum of squares, converters. */
    record Figures(long n, String sum, String squares, long converters) {}

    private final Definition definition;
    private final List<Weights> weights;
    private final List<Happened> events;
    private final Set<String> invalidVisitors;
    private final long now;

    long multiple;
    long bots;
    long invalid;
    long unknown;
    /** Units that saw a variant that is not defined, whether or not they count for another. */
    long sawUnknown;

    long unattributed;
    /** By epoch, variant, metric, view and currency, joined. */
    final Map<String, Figures> figures = new TreeMap<>();

    private final Map<String, Long> units = new HashMap<>();

    PlainExperiment(
            Definition definition,
            List<Weights> weights,
            List<Happened> events,
            Set<String> invalidVisitors,
            long now) {
        this.definition = definition;
        this.weights = weights;
        this.events = events.stream()
                .sorted(Comparator.comparingLong(Happened::at).thenComparing(Happened::id))
                .toList();
        this.invalidVisitors = invalidVisitors;
        this.now = now;
        compute();
    }

    private String unitOf(Happened event) {
        return definition.ofCustomers() ? event.customer() : event.visitor();
    }

    private void compute() {
        Map<String, List<Happened>> byUnit = new TreeMap<>();
        for (Happened event : events) {
            if (unitOf(event) != null) {
                byUnit.computeIfAbsent(unitOf(event), any -> new ArrayList<>()).add(event);
            } else if (event.variant() != null) {
                unattributed++;
            }
        }
        List<Counted> counted = new ArrayList<>();
        byUnit.values().forEach(own -> look(own, counted));
        for (Counted unit : counted) {
            units.merge(unit.epoch() + " " + unit.variant(), 1L, Long::sum);
        }
        for (Metric metric : definition.metrics()) {
            for (boolean matured : new boolean[] {false, true}) {
                sum(metric, matured, counted);
            }
        }
    }

    private record Counted(int epoch, String variant, long anchor, List<Happened> done) {}

    private void look(List<Happened> own, List<Counted> counted) {
        List<Happened> shown =
                own.stream().filter(event -> event.variant() != null).toList();
        if (shown.isEmpty()) {
            return;
        }
        if (shown.stream().anyMatch(Happened::bot)) {
            bots++;
            return;
        }
        if (shown.stream().anyMatch(event -> invalidVisitors.contains(event.visitor()))) {
            invalid++;
            return;
        }
        sawUnknown += shown.stream().allMatch(event -> definition.knows(event.variant())) ? 0 : 1;
        List<Happened> valid = shown.stream()
                .filter(event -> definition.knows(event.variant()))
                .filter(event -> event.at() >= definition.startedAt() && event.at() < definition.endedAt())
                .toList();
        if (valid.isEmpty()) {
            unknown += shown.stream().noneMatch(event -> definition.knows(event.variant())) ? 1 : 0;
            return;
        }
        boolean several = valid.stream().map(Happened::variant).distinct().count() > 1;
        multiple += several ? 1 : 0;
        if (several && !definition.keepFirst()) {
            return;
        }
        Happened anchor = valid.get(0);
        int epoch = 0;
        for (int i = 1; i < weights.size(); i++) {
            epoch = anchor.at() >= weights.get(i).since() ? i : epoch;
        }
        counted.add(new Counted(epoch, anchor.variant(), anchor.at(), own));
    }

    private void sum(Metric metric, boolean matured, List<Counted> counted) {
        Map<String, List<long[]>> values = new TreeMap<>();
        Map<String, Long> n = new TreeMap<>();
        for (Counted unit : counted) {
            if (matured && now < unit.anchor() + metric.window()) {
                continue;
            }
            String cell = unit.epoch() + " " + unit.variant();
            n.merge(cell, 1L, Long::sum);
            value(metric, unit)
                    .forEach(
                            (currency, value) -> values.computeIfAbsent(cell + " " + currency, any -> new ArrayList<>())
                                    .add(value));
        }
        values.forEach((key, all) -> {
            BigInteger sum = BigInteger.ZERO;
            BigInteger squares = BigInteger.ZERO;
            long converters = 0;
            for (long[] value : all) {
                BigInteger y = BigInteger.valueOf(value[0]);
                sum = sum.add(y);
                squares = squares.add(y.multiply(y));
                converters += value[1];
            }
            String[] cell = key.split(" ", 3);
            figures.put(
                    key + " " + metric.id() + (matured ? " matured" : " live"),
                    new Figures(n.get(cell[0] + " " + cell[1]), sum.toString(), squares.toString(), converters));
        });
        n.forEach((cell, number) -> figures.put(
                cell + " n " + metric.id() + (matured ? " matured" : " live"), new Figures(number, "", "", 0)));
    }

    /** By currency: value, and 1 for a converter. */
    private Map<String, long[]> value(Metric metric, Counted unit) {
        Map<String, Long> net = new TreeMap<>();
        Map<String, Map<String, Long>> orders = new TreeMap<>();
        long named = 0;
        Set<String> seen = new HashSet<>();
        for (Happened event : unit.done()) {
            if (event.variant() != null || !seen.add(event.id())) {
                continue;
            }
            Long at = time(event, unit.done());
            if (at == null || at < unit.anchor() || at >= unit.anchor() + metric.window()) {
                continue;
            }
            if (event.order() == null) {
                named += Objects.equals(event.name(), metric.event()) ? 1 : 0;
            } else if (metric.event() == null) {
                net.merge(event.currency(), event.micros(), Long::sum);
                orders.computeIfAbsent(event.currency(), any -> new HashMap<>())
                        .merge(event.order(), event.micros(), Long::sum);
            }
        }
        Map<String, long[]> values = new TreeMap<>();
        if (metric.event() != null) {
            if (named > 0) {
                values.put("", new long[] {metric.type() == MetricType.COUNT ? named : 1, 1});
            }
            return values;
        }
        net.forEach((currency, micros) -> {
            long converter = micros > 0 ? 1 : 0;
            long value = switch (metric.type()) {
                case REVENUE -> metric.capMicros() == null ? micros : Math.min(micros, metric.capMicros());
                case COUNT ->
                    orders.get(currency).values().stream()
                            .filter(paid -> paid > 0)
                            .count();
                case CONVERSION, UNKNOWN -> converter;
            };
            values.put(currency, new long[] {value, converter});
        });
        return values;
    }

    /** A refund counts at its order's time; one whose order is not there counts nowhere. */
    private static Long time(Happened event, List<Happened> done) {
        if (event.order() == null || event.micros() >= 0) {
            return event.at();
        }
        return done.stream()
                .filter(order -> event.order().equals(order.order())
                        && order.micros() >= 0
                        && event.currency().equals(order.currency()))
                .map(Happened::at)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    long units() {
        return units.values().stream().mapToLong(Long::longValue).sum();
    }
}
