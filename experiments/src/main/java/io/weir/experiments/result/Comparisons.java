package io.weir.experiments.result;

import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Guardrail;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.experiments.statistics.AlwaysValid;
import io.weir.experiments.statistics.Difference;
import io.weir.experiments.statistics.FixedHorizon;
import io.weir.experiments.statistics.Interval;
import io.weir.experiments.statistics.MultipleTesting;
import io.weir.experiments.statistics.Posterior;
import io.weir.experiments.statistics.Sample;
import io.weir.schemas.ComparisonView;
import io.weir.schemas.Decision;
import io.weir.schemas.DifferenceEstimate;
import io.weir.schemas.LiftBelief;
import io.weir.schemas.VariantComparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Each variant against control, by each metric, in both views. */
final class Comparisons {

    /** With fewer in either arm the asymptotics do not hold yet. */
    private static final long LEAST_CONVERTERS = 100;

    /** Epochs that have less than this part of the units are left out while nothing can be said of them. */
    private static final double YOUNG_SHARE = 0.1;

    private static final double BELIEVED_MEAN = 0;
    private static final double BELIEVED_VARIANCE = 0.3 * 0.3;

    private final Reading reading;
    private final Definition definition;
    private final AlwaysValid alwaysValid;

    Comparisons(Reading reading) {
        this.reading = reading;
        this.definition = reading.definition();
        this.alwaysValid = new AlwaysValid(definition.alpha(), definition.tuning());
    }

    List<VariantComparison> records() {
        Optional<Variant> control = definition.control();
        if (control.isEmpty()) {
            return List.of();
        }
        List<VariantComparison> records = new ArrayList<>();
        List<Decidable> decidable = new ArrayList<>();
        Map<Variant, List<Integer>> epochs = new HashMap<>();
        definition.variants().forEach(variant -> epochs.put(variant, comparable(control.get(), variant)));
        for (ComparisonView view : List.of(ComparisonView.LIVE, ComparisonView.MATURED)) {
            for (Metric metric : definition.metrics()) {
                for (Variant variant : definition.variants()) {
                    if (!variant.control()) {
                        Pair pair = new Pair(
                                metric,
                                control.get().id(),
                                variant.id(),
                                view == ComparisonView.MATURED,
                                epochs.get(variant));
                        VariantComparison record = compare(pair, view);
                        records.add(record);
                        if (pair.matured() && metric.guardrail() == null) {
                            decidable.add(new Decidable(record, pair));
                        }
                    }
                }
            }
        }
        decide(decidable);
        return records;
    }

    /** Two variants and a metric, and the epochs over which they are compared. */
    private record Pair(Metric metric, String control, String variant, boolean matured, List<Integer> epochs) {}

    private record Decidable(VariantComparison record, Pair pair) {}

    private VariantComparison compare(Pair pair, ComparisonView view) {
        Optional<Difference> absolute = absolute(pair);
        Optional<Difference> relative = difference(pair, Difference::relative);
        boolean enough = hasEnoughConverters(pair);
        VariantComparison record = new VariantComparison();
        record.setMetricId(pair.metric().id());
        record.setVariantId(pair.variant());
        record.setView(view);
        record.setAbsolute(absolute.map(this::estimate).orElse(null));
        record.setRelative(relative.filter(any -> enough).map(this::estimate).orElse(null));
        Guardrail guardrail = pair.metric().guardrail();
        boolean lessIsBetter = guardrail != null && !guardrail.up();
        record.setFlat(relative.map(Posterior::flat)
                .map(posterior -> belief(posterior, lessIsBetter))
                .orElse(null));
        record.setInformed(relative.map(lift -> Posterior.withPrior(lift, BELIEVED_MEAN, BELIEVED_VARIANCE))
                .map(posterior -> belief(posterior, lessIsBetter))
                .orElse(null));
        record.setDecision(Decision.NONE);
        boolean judged = guardrail != null && pair.matured();
        record.setBreached(judged ? Boolean.valueOf(isBreached(pair, guardrail)) : null);
        return record;
    }

    /** Empty unless the units of each arm differ in some epoch. */
    private Optional<Difference> absolute(Pair pair) {
        return pair.epochs().size() < 2
                ? difference(pair, Difference::absolute)
                : difference(pair, Difference::ofEpoch)
                        .filter(any -> isConclusive(pair, pair.control()) && isConclusive(pair, pair.variant()));
    }

    private boolean isConclusive(Pair pair, String variant) {
        return pair.epochs().stream()
                .anyMatch(epoch -> sample(pair, epoch, variant).isConclusive());
    }

    /** By epoch, combined by size: with weights of another time, units of all epochs together would not be comparable. */
    private Optional<Difference> difference(Pair pair, BiFunction<Sample, Sample, Optional<Difference>> rule) {
        List<Difference> differences = new ArrayList<>();
        double all = 0;
        double said = 0;
        for (int epoch : pair.epochs()) {
            Sample control = sample(pair, epoch, pair.control());
            Sample variant = sample(pair, epoch, pair.variant());
            Optional<Difference> difference = rule.apply(control, variant);
            difference.ifPresent(differences::add);
            all += control.n() + variant.n();
            said += difference.isPresent() ? control.n() + variant.n() : 0;
        }
        // Without an epoch of which nothing can be said the rest would be another story, but one that has just begun
        // would take away what is known of all others.
        return all - said > YOUNG_SHARE * all ? Optional.empty() : Difference.combined(differences);
    }

    private Sample sample(Pair pair, int epoch, String variant) {
        return reading.sample(reading.totals().variant(epoch, variant), pair.metric(), pair.matured());
    }

    /** Epochs whose plan has both variants: one that was added later is compared over its own time. */
    private List<Integer> comparable(Variant control, Variant variant) {
        return reading.usedEpochs().stream()
                .filter(epoch -> reading.weight(epoch, control.id()) > 0 && reading.weight(epoch, variant.id()) > 0)
                .toList();
    }

    private boolean hasEnoughConverters(Pair pair) {
        return converters(pair, pair.control()) >= LEAST_CONVERTERS
                && converters(pair, pair.variant()) >= LEAST_CONVERTERS;
    }

    private long converters(Pair pair, String variant) {
        return pair.epochs().stream()
                .mapToLong(
                        epoch -> reading.sums(reading.totals().variant(epoch, variant), pair.metric(), pair.matured())
                                .converters())
                .sum();
    }

    private DifferenceEstimate estimate(Difference difference) {
        Interval fixed = FixedHorizon.interval(difference, definition.alpha());
        Interval sequential = alwaysValid.interval(difference);
        return new DifferenceEstimate(
                difference.estimate(),
                difference.standardError(),
                FixedHorizon.p(difference),
                fixed.low(),
                fixed.high(),
                alwaysValid.p(difference),
                sequential.low(),
                sequential.high());
    }

    /** Where less is better, as of errors, a lift below zero wins. */
    private static LiftBelief belief(Posterior lift, boolean lessIsBetter) {
        Posterior posterior = lessIsBetter ? lift.negated() : lift;
        return new LiftBelief(posterior.chanceToWin(), posterior.lossOfTreatment(), posterior.lossOfControl());
    }

    /** Worse than control by more than the margin, on the absolute scale, at any time. */
    private boolean isBreached(Pair pair, Guardrail guardrail) {
        double borne = guardrail.up() ? 1 - guardrail.margin() : 1 + guardrail.margin();
        return difference(
                        pair,
                        (control, variant) -> Difference.absoluteIfConstant(control.times(borne), variant)
                                .or(() -> Difference.ofEpoch(control.times(borne), variant)))
                .filter(Difference::isConclusive)
                .map(alwaysValid::interval)
                .map(interval -> guardrail.up() ? interval.high() < 0 : interval.low() > 0)
                .orElse(false);
    }

    private void decide(List<Decidable> all) {
        double[] p = all.stream()
                .mapToDouble(one -> one.record().getAbsolute() == null
                        ? 1
                        : one.record().getAbsolute().getSequentialP())
                .toArray();
        double[] adjusted = MultipleTesting.holm(p);
        for (int i = 0; i < adjusted.length; i++) {
            VariantComparison record = all.get(i).record();
            DifferenceEstimate absolute = record.getAbsolute();
            if (absolute == null) {
                continue;
            }
            record.setAdjustedP(adjusted[i]);
            if (adjusted[i] < definition.alpha()
                    && hasEnoughConverters(all.get(i).pair())) {
                record.setDecision(absolute.getEstimate() > 0 ? Decision.BETTER : Decision.WORSE);
            }
        }
    }
}
