package io.weir.topology.demo;

import io.weir.schemas.AlertStatus;
import io.weir.schemas.ComparisonView;
import io.weir.schemas.Decision;
import io.weir.schemas.DifferenceEstimate;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentResults;
import io.weir.schemas.MetricResults;
import io.weir.schemas.VariantComparison;
import io.weir.schemas.VariantResults;
import io.weir.topology.terminal.Terminal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What the demo shows of experiments: the conversion of each variant, its lift, what is decided, what is wrong. */
final class ExperimentLines {

    private final Map<String, ExperimentResults> results = new TreeMap<>();
    private final Map<String, String> alerts = new TreeMap<>();

    void add(ExperimentResults newer) {
        results.put(newer.getExperimentId(), newer);
    }

    void add(ExperimentAlert alert) {
        String about = alert.getExperimentId() + " "
                + alert.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (alert.getStatus() == AlertStatus.STARTED) {
            alerts.put(about, about);
        } else {
            alerts.remove(about);
        }
    }

    /** Hands over each line: what it is, and its text. */
    void each(BiConsumer<String, String> line) {
        results.values().forEach(result -> line.accept("experiment", text(result)));
        if (!alerts.isEmpty()) {
            line.accept("", "alerts: " + String.join(", ", alerts.values()));
        }
    }

    private static String text(ExperimentResults result) {
        String metric = result.getVariants().stream()
                .flatMap(variant -> variant.getMetrics().stream())
                .map(MetricResults::getMetricId)
                .findFirst()
                .orElse("");
        String variants = result.getVariants().stream()
                .map(variant -> variant(variant, metric))
                .collect(Collectors.joining(", "));
        String lifts = result.getComparisons().stream()
                .filter(comparison -> comparison.getView() == ComparisonView.LIVE
                        && comparison.getMetricId().equals(metric)
                        && comparison.getRelative() != null)
                .map(comparison -> lift(comparison, result))
                .collect(Collectors.joining(""));
        return result.getExperimentId() + (result.getProvisional() ? " (provisional)" : "") + ": " + variants + lifts;
    }

    private static String variant(VariantResults variant, String metric) {
        return variant.getMetrics().stream()
                .filter(result -> result.getMetricId().equals(metric) && result.getMean() != null)
                .map(result -> String.format(
                        Locale.ROOT,
                        "%s %.1f %% of %s",
                        variant.getVariantId(),
                        100 * result.getMean(),
                        Terminal.grouped(result.getN())))
                .findFirst()
                .orElse(variant.getVariantId() + " nobody");
    }

    private static String lift(VariantComparison comparison, ExperimentResults result) {
        DifferenceEstimate lift = comparison.getRelative();
        String decided = result.getComparisons().stream()
                .filter(other -> other.getView() == ComparisonView.MATURED
                        && other.getMetricId().equals(comparison.getMetricId())
                        && other.getVariantId().equals(comparison.getVariantId())
                        && other.getDecision() != Decision.NONE)
                .map(other -> ", " + other.getDecision().name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
        return String.format(
                Locale.ROOT,
                "; %s %+.0f %% [%+.0f, %+.0f]%s",
                comparison.getVariantId(),
                100 * lift.getEstimate(),
                100 * lift.getSequentialLow(),
                100 * lift.getSequentialHigh(),
                decided);
    }
}
