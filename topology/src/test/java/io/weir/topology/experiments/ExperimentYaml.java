package io.weir.topology.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentDefinition;
import io.weir.topology.yaml.YamlFileException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Experiments files for tests, and how they are read. */
final class ExperimentYaml {

    static final long VERSION = 41;

    /** Every kind but one, so that it is seen what becomes of that. */
    static final Set<EventKind> READ = EnumSet.of(
            EventKind.impression,
            EventKind.click,
            EventKind.video,
            EventKind.purchase,
            EventKind.app_signal,
            EventKind.interaction);

    private ExperimentYaml() {}

    /** Everything that can be said. */
    static String full() {
        return """
                experiments:
                  - id: landing-page
                    name: Landing page, winter
                    unit: visitor
                    variants: [{id: control, weight: 1, control: true}, {id: treatment, weight: 1}]
                    multiple_exposure: first
                    metrics:
                      - {id: conversion, type: conversion, kind: purchase, window: 7d}
                      - {id: revenue, type: revenue, window: 7d, cap: 500.00, currency: EUR, merchant: m-1}
                      - {id: errors, type: count, event: Checkout Failed, window: 1d, guardrail: {direction: down, margin: 0.05}}
                    started_at: 2026-11-22T08:00:00Z
                    ended_at: 2026-12-22T08:00:00Z
                    alpha: 0.05
                    sequential_tuning: 5000
                    version: 3
                """;
    }

    /** An experiment without a mistake, in lines 1 to 4. */
    static String valid() {
        return """
                experiments:
                  - id: e-1
                    variants: [{id: control}, {id: b}]
                    metrics: [{id: m, type: conversion, window: 7d}]
                """;
    }

    /** That experiment with more in line 5. */
    static String experiment(String more) {
        return valid() + "    " + more + "\n";
    }

    /** That experiment with other variants, which begin in column 15 of line 3. */
    static String variants(String variants) {
        return valid().replace("[{id: control}, {id: b}]", variants);
    }

    /** That experiment with another metric, whose keys begin in column 15 of line 4. */
    static String metric(String metric) {
        return valid().replace("id: m, type: conversion, window: 7d", metric);
    }

    static List<ExperimentDefinition> read(String yaml) {
        return ExperimentFile.parse("experiments.yaml", yaml.getBytes(StandardCharsets.UTF_8), VERSION, READ);
    }

    static List<String> problems(String yaml) {
        YamlFileException wrong = catchThrowableOfType(YamlFileException.class, () -> read(yaml));
        assertThat(wrong).as("the exception").isNotNull();
        return wrong.problems();
    }
}
