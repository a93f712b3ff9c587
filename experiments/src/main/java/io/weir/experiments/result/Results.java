package io.weir.experiments.result;

import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.experiments.statistics.Sample;
import io.weir.experiments.statistics.SampleRatio;
import io.weir.experiments.total.Sums;
import io.weir.experiments.total.Totals;
import io.weir.experiments.total.VariantTotals;
import io.weir.experiments.unit.Standing;
import io.weir.schemas.ExperimentResults;
import io.weir.schemas.MetricResults;
import io.weir.schemas.SampleRatioCheck;
import io.weir.schemas.VariantResults;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The record of an experiment's results. */
public final class Results {

    /** Version of the statistics. */
    private static final int VERSION = 1;
    /** Money is written with cents at least. */
    private static final int CENTS = 2;

    private final Reading reading;
    private final Definition definition;
    private final Totals totals;

    Results(Reading reading) {
        this.reading = reading;
        this.definition = reading.definition();
        this.totals = reading.totals();
    }

    /** What is to be said of an experiment whose units have added up to that. */
    public static ExperimentResults of(Experiment experiment, Totals totals) {
        return new Results(Reading.of(experiment, totals)).record();
    }

    ExperimentResults record() {
        ExperimentResults results = new ExperimentResults();
        results.setExperimentId(definition.id());
        results.setDefinitionVersion(definition.provisional() ? null : Long.valueOf(definition.version()));
        results.setProvisional(definition.provisional());
        results.setAsOf(Instant.ofEpochMilli(totals.asOf()));
        results.setEpochs(reading.usedEpochs().size());
        // Without those of variants that are not in the definition any more.
        results.setUnits(definition.variants().stream()
                .mapToLong(variant -> reading.variant(variant.id()).units())
                .sum());
        results.setMultipleUnits(totals.multipleUnits());
        results.setBotUnits(totals.units(Standing.BOT));
        results.setInvalidUnits(totals.units(Standing.INVALID));
        results.setUnattributed(totals.unattributedEvents());
        results.setUnknownExposures(totals.units(Standing.UNKNOWN_VARIANT));
        results.setNotRunningUnits(totals.units(Standing.NOT_RUNNING));
        results.setRefunds(totals.refunds());
        results.setSrm(sampleRatio());
        results.setVariants(definition.variants().stream().map(this::variant).toList());
        results.setComparisons(new Comparisons(reading).records());
        results.setVersion(VERSION);
        return results;
    }

    private SampleRatioCheck sampleRatio() {
        SampleRatio.Check check = SampleRatio.check(reading.usedEpochs().stream()
                .map(epoch -> {
                    List<Variant> planned = definition.variants().stream()
                            .filter(variant -> reading.weight(epoch, variant.id()) > 0)
                            .toList();
                    double[] weights = planned.stream()
                            .mapToDouble(variant -> reading.weight(epoch, variant.id()))
                            .toArray();
                    List<Long> units = planned.stream()
                            .map(variant -> totals.variant(epoch, variant.id()).units())
                            .toList();
                    return new SampleRatio.Observed(new SampleRatio(weights), units);
                })
                .toList());
        return new SampleRatioCheck(check.chiSquareP(), check.sequentialP(), check.isMismatch());
    }

    private VariantResults variant(Variant variant) {
        VariantTotals units = reading.variant(variant.id());
        long matured = definition.metrics().stream()
                .mapToLong(metric -> units.metric(metric.id()).maturedUnits())
                .min()
                .orElse(0);
        return new VariantResults(
                variant.id(),
                variant.weight(),
                variant.control(),
                units.units(),
                matured,
                metrics(units, false),
                metrics(units, true));
    }

    private List<MetricResults> metrics(VariantTotals units, boolean matured) {
        return definition.metrics().stream()
                .map(metric -> metric(units, metric, matured))
                .toList();
    }

    private MetricResults metric(VariantTotals units, Metric metric, boolean matured) {
        String currency = reading.currency(metric);
        Sums sums = reading.sums(units, metric, matured);
        long n = Reading.units(units, metric, matured);
        Sample sample = reading.sample(units, metric, matured);
        Map<String, String> others = new HashMap<>();
        reading.otherSums(units, metric, matured)
                .forEach((other, inOther) -> others.put(other, written(metric, Reading.value(metric, inOther))));
        return new MetricResults(
                metric.id(),
                currency.isEmpty() ? null : currency,
                n,
                sums.converters(),
                written(metric, Reading.value(metric, sums)),
                written(metric, Reading.squares(metric, sums)),
                n > 0 ? Double.valueOf(sample.mean()) : null,
                n > 1 ? Double.valueOf(sample.deviation()) : null,
                others);
    }

    /** Exactly, without zeros that say nothing. */
    private static String written(Metric metric, BigDecimal number) {
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        int decimals = metric.isMoney() ? CENTS : 0;
        return plain.setScale(Math.max(decimals, plain.scale())).toPlainString();
    }
}
