package io.weir.experiments.result;

import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.definition.Experiment.Epoch;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.statistics.Sample;
import io.weir.experiments.total.MetricTotals;
import io.weir.experiments.total.Sums;
import io.weir.experiments.total.Totals;
import io.weir.experiments.total.VariantTotals;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The totals of an experiment, read by its definition.
 *
 * @param definition with the variants that were seen, if it is provisional
 * @param epochs of its weights
 * @param totals of all tasks
 * @param variants those of the definition by id, all epochs together, added up once
 * @param currencies of metrics by id, found once
 */
record Reading(
        Definition definition,
        List<Epoch> epochs,
        Totals totals,
        Map<String, VariantTotals> variants,
        Map<String, String> currencies) {

    /** Micros have six decimals, their squares twelve. */
    private static final int DECIMALS = 6;

    /** Without a definition the variants are those that were seen. */
    static Reading of(Experiment experiment, Totals totals) {
        Definition known = experiment.definition();
        Definition definition = known.provisional() ? known.withSeen(totals.variants()) : known;
        Map<String, VariantTotals> variants = new HashMap<>();
        definition.variants().forEach(variant -> variants.put(variant.id(), totals.variant(variant.id())));
        Map<String, String> currencies = new HashMap<>();
        definition.metrics().forEach(metric -> currencies.put(metric.id(), currency(metric, totals)));
        return new Reading(definition, experiment.epochs(), totals, variants, currencies);
    }

    /** A variant of the definition, all epochs together. */
    VariantTotals variant(String id) {
        return variants.get(id);
    }

    /** The currency of a metric; empty without money. */
    String currency(Metric metric) {
        return currencies.get(metric.id());
    }

    /** Its own, else that of most orders, of as many the first by its code; empty without money. */
    private static String currency(Metric metric, Totals totals) {
        if (metric.currency() != null) {
            return metric.currency();
        }
        Map<String, Long> orders = new TreeMap<>();
        totals.epochs()
                .values()
                .forEach(variants -> variants.values()
                        .forEach(variant -> variant.metric(metric.id())
                                .sums(false)
                                .forEach((currency, sums) -> orders.merge(currency, sums.orders(), Long::sum))));
        return orders.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /** Units of a metric in a view. */
    static long units(VariantTotals variant, Metric metric, boolean matured) {
        MetricTotals totals = variant.metric(metric.id());
        return matured ? totals.maturedUnits() : totals.units();
    }

    /** Sums of a metric in its currency. */
    Sums sums(VariantTotals variant, Metric metric, boolean matured) {
        MetricTotals known = variant.metric(metric.id());
        return known.sums(matured).getOrDefault(currency(metric), Sums.ZERO);
    }

    /** Sums of a metric in other currencies. */
    SortedMap<String, Sums> otherSums(VariantTotals variant, Metric metric, boolean matured) {
        SortedMap<String, Sums> others =
                new TreeMap<>(variant.metric(metric.id()).sums(matured));
        others.remove(currency(metric));
        return others;
    }

    /** The units as a sample, in units of the currency. */
    Sample sample(VariantTotals variant, Metric metric, boolean matured) {
        long n = units(variant, metric, matured);
        Sums sums = sums(variant, metric, matured);
        return switch (metric.type()) {
            case CONVERSION -> Sample.proportion((double) n, (double) sums.converters());
            case REVENUE, COUNT, UNKNOWN -> Sample.of(n, value(metric, sums), squares(metric, sums));
        };
    }

    /** Σy in units. */
    static BigDecimal value(Metric metric, Sums sums) {
        return new BigDecimal(sums.sum(), metric.isMoney() ? DECIMALS : 0);
    }

    /** Σy² in squares of units. */
    static BigDecimal squares(Metric metric, Sums sums) {
        return new BigDecimal(sums.squares(), metric.isMoney() ? 2 * DECIMALS : 0);
    }

    /** Numbers of the epochs that have units. */
    List<Integer> usedEpochs() {
        return totals.epochs().keySet().stream()
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** The weight of a variant in an epoch; 1 where there is no plan, 0 where the plan does not name it. */
    double weight(int epoch, String variant) {
        if (definition.provisional()) {
            return 1;
        }
        return epochs.get(Math.min(epoch, epochs.size() - 1)).weights().getOrDefault(variant, 0.0);
    }
}
