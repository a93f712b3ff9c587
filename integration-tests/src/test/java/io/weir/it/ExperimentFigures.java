package io.weir.it;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/**
 * The numbers of the shop's experiments, none of which is defined: what the last results say, and what the accepted events
 * come to when all of them are at hand.
 *
 * @param said by the results: experiment, and of each variant units, converters, Σy and Σy² of revenue
 * @param expected the same, computed plainly
 */
record ExperimentFigures(List<String> said, List<String> expected) {

    private static final long WINDOW = 7L * 24 * 3_600_000;
    private static final String LINE = "%s: %s units, %s converters, %s %s, %s";

    static ExperimentFigures of(Output output) {
        return new ExperimentFigures(said(output), expected(output));
    }

    boolean isComplete() {
        return said.equals(expected);
    }

    private static List<String> said(Output output) {
        Map<String, GenericRecord> last = new TreeMap<>();
        output.of(Output.RESULTS).forEach(result -> last.put(Canonical.text(result.get("experiment_id")), result));
        List<String> lines = new ArrayList<>();
        last.forEach((experiment, result) -> {
            lines.add("%s: %s in several, %s crawlers"
                    .formatted(experiment, result.get("multiple_units"), result.get("bot_units")));
            for (Object variant : (List<?>) result.get("variants")) {
                lines.add(experiment + " " + line((GenericRecord) variant));
            }
        });
        return lines;
    }

    private static String line(GenericRecord variant) {
        GenericRecord revenue = (GenericRecord) ((List<?>) variant.get("metrics")).get(1);
        return LINE.formatted(
                variant.get("variant_id"),
                variant.get("units"),
                revenue.get("converters"),
                new BigDecimal(Canonical.text(revenue.get("sum"))).stripTrailingZeros(),
                revenue.get("currency"),
                new BigDecimal(Canonical.text(revenue.get("sum_squares"))).stripTrailingZeros());
    }

    /** A unit of one experiment. */
    private static final class Unit {
        private final Map<String, Long> variants = new TreeMap<>();
        private boolean bot;
        /** Net amount of its orders within the window, by currency. */
        private final Map<String, BigDecimal> net = new TreeMap<>();

        boolean counts() {
            return !bot && variants.size() == 1;
        }

        String variant() {
            return variants.keySet().iterator().next();
        }

        boolean isWithinWindow(GenericRecord event) {
            long anchor = variants.values().iterator().next();
            return time(event) >= anchor && time(event) < anchor + WINDOW;
        }
    }

    private static List<String> expected(Output output) {
        Map<String, Map<String, Unit>> experiments = new TreeMap<>();
        for (GenericRecord event : output.of("events.exposures")) {
            GenericRecord exposure = (GenericRecord) event.get("exposure");
            Unit unit = experiments
                    .computeIfAbsent(Canonical.text(exposure.get("experiment_id")), any -> new TreeMap<>())
                    .computeIfAbsent(visitor(event), any -> new Unit());
            unit.variants.merge(Canonical.text(exposure.get("variant_id")), time(event), Math::min);
            unit.bot |= (boolean) ((GenericRecord) event.get("client")).get("is_bot");
        }
        List<String> lines = new ArrayList<>();
        experiments.forEach((experiment, units) -> {
            String currency = addOrders(units, output.of("events.purchases"));
            lines.addAll(lines(experiment, List.copyOf(units.values()), currency));
        });
        return lines;
    }

    /** Returns the currency of most orders, of as many the first by its code; null if there is none. */
    private static String addOrders(Map<String, Unit> units, List<GenericRecord> purchases) {
        Map<String, Set<String>> orders = new TreeMap<>();
        for (GenericRecord event : purchases) {
            Unit unit = units.get(visitor(event));
            if (unit != null && unit.counts() && unit.isWithinWindow(event)) {
                GenericRecord purchase = (GenericRecord) event.get("purchase");
                String currency = Canonical.text(purchase.get("currency"));
                unit.net.merge(currency, BigDecimal.valueOf((long) purchase.get("amount_micros"), 6), BigDecimal::add);
                orders.computeIfAbsent(currency, any -> new HashSet<>())
                        .add(visitor(event) + " " + purchase.get("order_id"));
            }
        }
        String most = null;
        for (Map.Entry<String, Set<String>> entry : orders.entrySet()) {
            most = most == null || entry.getValue().size() > orders.get(most).size() ? entry.getKey() : most;
        }
        return most;
    }

    private static List<String> lines(String experiment, List<Unit> units, String currency) {
        long bots = units.stream().filter(unit -> unit.bot).count();
        long several = units.stream()
                .filter(unit -> !unit.bot && unit.variants.size() > 1)
                .count();
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s in several, %s crawlers".formatted(experiment, several, bots));
        units.stream()
                .filter(Unit::counts)
                .map(Unit::variant)
                .distinct()
                .sorted()
                .forEach(variant -> {
                    List<BigDecimal> values = units.stream()
                            .filter(unit -> unit.counts() && unit.variant().equals(variant))
                            .map(unit -> unit.net.getOrDefault(currency == null ? "" : currency, BigDecimal.ZERO))
                            .toList();
                    lines.add(experiment + " " + line(variant, values, currency));
                });
        return lines;
    }

    private static String line(String variant, List<BigDecimal> values, String currency) {
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal squares =
                values.stream().map(value -> value.multiply(value)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return LINE.formatted(
                variant,
                values.size(),
                values.stream().filter(value -> value.signum() > 0).count(),
                sum.stripTrailingZeros(),
                currency,
                squares.stripTrailingZeros());
    }

    private static String visitor(GenericRecord event) {
        return Canonical.text(event.get("visitor_id"));
    }

    private static long time(GenericRecord event) {
        return (long) event.get("occurred_at");
    }
}
