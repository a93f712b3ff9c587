package io.weir.experiments.result;

import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.experiments.result.Alarm.Subject;
import io.weir.experiments.total.VariantTotals;
import io.weir.schemas.ExperimentAlertKind;
import io.weir.schemas.ExperimentResults;
import io.weir.schemas.VariantComparison;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is wrong with an experiment now. */
final class Alarms {

    /** More than a hundredth of the units with several variants, and not just a few. */
    private static final long LEAST_MULTIPLE = 10;

    private static final double MULTIPLE_SHARE = 0.01;
    /** So many units of another variant, and none of this one. */
    private static final long LEAST_EXPOSED = 100;
    /** So many converters of the others, before none of this one means anything. */
    private static final long LEAST_CONVERTERS = 10;
    /** So unlikely is it that none has converted, if it converts as the others do. */
    private static final double IMPOSSIBLE = 0.001;

    private final Reading reading;
    private final Definition definition;
    private final ExperimentResults results;

    Alarms(Reading reading, ExperimentResults results) {
        this.reading = reading;
        this.definition = reading.definition();
        this.results = results;
    }

    List<Alarm> all() {
        return Stream.of(whole(), unknownVariants(), withoutExposures(), withoutConversions(), breached(), mixed())
                .flatMap(alarms -> alarms)
                .toList();
    }

    private Stream<Alarm> whole() {
        Stream.Builder<Alarm> alarms = Stream.builder();
        if (definition.provisional()) {
            alarms.add(Alarm.of(
                    ExperimentAlertKind.UNKNOWN_EXPERIMENT,
                    "There is no definition: its results are provisional, by assumed variants, weights and metrics."));
        } else if (results.getSrm().getMismatch()) {
            alarms.add(Alarm.of(
                    ExperimentAlertKind.SAMPLE_RATIO_MISMATCH,
                    "Units do not come to the variants in the planned shares (p "
                            + String.format(
                                    Locale.ROOT, "%.2g", results.getSrm().getSequentialP())
                            + "): do not read its comparisons before that is explained."));
        }
        long multiple = results.getMultipleUnits();
        long all = results.getUnits() + (definition.keepFirst() ? 0 : multiple);
        if (multiple >= LEAST_MULTIPLE && multiple > MULTIPLE_SHARE * all) {
            alarms.add(Alarm.of(
                    ExperimentAlertKind.MULTIPLE_VARIANTS,
                    multiple + " of " + all + " units saw several variants: the assignment is not stable."));
        }
        return alarms.build();
    }

    private Stream<Alarm> unknownVariants() {
        return reading.totals().unknownVariants().entrySet().stream()
                .map(entry -> new Alarm(
                        new Subject(ExperimentAlertKind.UNKNOWN_VARIANT, entry.getKey(), null),
                        entry.getValue() + " units saw a variant that the definition does not know."));
    }

    /** Of the epoch that the plan has reached: a variant that has just been added is not expected to have been seen. */
    private Stream<Alarm> withoutExposures() {
        int epoch = reading.epochs().size() - 1;
        long most = definition.variants().stream()
                .mapToLong(variant -> units(epoch, variant))
                .max()
                .orElse(0);
        return definition.variants().stream()
                .filter(variant -> most >= LEAST_EXPOSED && units(epoch, variant) == 0)
                .map(variant -> new Alarm(
                        new Subject(ExperimentAlertKind.VARIANT_WITHOUT_EXPOSURES, variant.id(), null),
                        "No unit counts for it since its weights are what they are, while another variant has " + most
                                + "."));
    }

    private long units(int epoch, Variant variant) {
        return reading.totals().variant(epoch, variant.id()).units();
    }

    private long units(Variant variant) {
        return reading.variant(variant.id()).units();
    }

    /** Only where it is next to impossible that none has converted. */
    private Stream<Alarm> withoutConversions() {
        return definition.metrics().stream()
                .filter(metric ->
                        metric.guardrail() == null || metric.guardrail().up())
                .flatMap(metric -> definition.variants().stream()
                        .filter(variant ->
                                hasNone(metric, reading.variant(variant.id())) && shouldHaveConverted(metric, variant))
                        .map(variant -> new Alarm(
                                new Subject(ExperimentAlertKind.VARIANT_WITHOUT_CONVERSIONS, variant.id(), metric.id()),
                                "None of its " + units(variant)
                                        + " units has converted, while those of other variants do.")));
    }

    /** By epoch: what units of another time have done says nothing of those that have only just been seen. */
    private boolean shouldHaveConverted(Metric metric, Variant variant) {
        List<Variant> others = definition.variants().stream()
                .filter(other -> !other.id().equals(variant.id()))
                .toList();
        List<Integer> planned = reading.usedEpochs().stream()
                .filter(epoch -> reading.weight(epoch, variant.id()) > 0)
                .toList();
        long converters = 0;
        double logOfNone = 0;
        for (int epoch : planned) {
            long units = others.stream().mapToLong(other -> units(epoch, other)).sum();
            long converted = others.stream()
                    .mapToLong(other -> converters(metric, reading.totals().variant(epoch, other.id())))
                    .sum();
            converters += converted;
            long own = units(epoch, variant);
            // Where all others have converted the logarithm has no bound, and nobody says nothing.
            logOfNone += own == 0 ? 0 : own * Math.log1p(-(double) converted / Math.max(1, units));
        }
        return converters >= LEAST_CONVERTERS && logOfNone < Math.log(IMPOSSIBLE);
    }

    /** In any currency: who buys in another has converted. */
    private static boolean hasNone(Metric metric, VariantTotals totals) {
        return totals.metric(metric.id()).sums(false).values().stream().allMatch(sums -> sums.converters() == 0);
    }

    private long converters(Metric metric, VariantTotals totals) {
        return reading.sums(totals, metric, false).converters();
    }

    private Stream<Alarm> breached() {
        return results.getComparisons().stream()
                .filter(comparison -> Boolean.TRUE.equals(comparison.getBreached()))
                .map(Alarms::breached);
    }

    private static Alarm breached(VariantComparison comparison) {
        return new Alarm(
                new Subject(
                        ExperimentAlertKind.GUARDRAIL_BREACHED, comparison.getVariantId(), comparison.getMetricId()),
                "It is worse than control by more than the guardrail's margin.");
    }

    private Stream<Alarm> mixed() {
        return definition.metrics().stream()
                // Who names a currency has decided that the rest is apart.
                .filter(metric -> metric.currency() == null)
                .filter(metric -> definition.variants().stream()
                        .anyMatch(variant -> !reading.otherSums(reading.variant(variant.id()), metric, false)
                                .isEmpty()))
                .map(metric -> new Alarm(
                        new Subject(ExperimentAlertKind.MIXED_CURRENCIES, null, metric.id()),
                        "Orders are in several currencies: those in " + reading.currency(metric)
                                + " count, the others are counted apart."));
    }
}
