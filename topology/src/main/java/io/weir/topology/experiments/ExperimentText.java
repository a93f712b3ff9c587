package io.weir.topology.experiments;

import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.ExperimentVariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An experiment in a line, for whoever applies it. */
public final class ExperimentText {

    private ExperimentText() {}

    /** Says what is compared, and when. */
    public static String of(ExperimentDefinition experiment) {
        return "%s  version %d  %s  %s"
                .formatted(experiment.getId(), experiment.getVersion(), time(experiment), terms(experiment));
    }

    private static String time(ExperimentDefinition experiment) {
        String start = "from " + (experiment.getStartedAt() == null ? "the first exposure" : experiment.getStartedAt());
        return experiment.getEndedAt() == null ? start : start + " until " + experiment.getEndedAt();
    }

    private static String terms(ExperimentDefinition experiment) {
        List<String> terms = new ArrayList<>();
        terms.add("by " + experiment.getUnit().name().toLowerCase(Locale.ROOT));
        String control = experiment.getVariants().stream()
                .filter(ExperimentVariant::getControl)
                .map(ExperimentVariant::getId)
                .collect(Collectors.joining());
        terms.add(control + " against " + count(experiment.getVariants().size() - 1, "other"));
        terms.add(count(experiment.getMetrics().size(), "metric"));
        long guardrails = experiment.getMetrics().stream()
                .filter(metric -> metric.getGuardrail() != null)
                .count();
        if (guardrails > 0) {
            terms.add(count(guardrails, "guardrail"));
        }
        return String.join(", ", terms);
    }

    private static String count(long number, String thing) {
        return number + " " + (number == 1 ? thing : thing + "s");
    }
}
