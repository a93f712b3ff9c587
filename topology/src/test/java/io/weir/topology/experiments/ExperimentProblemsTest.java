package io.weir.topology.experiments;

import static io.weir.topology.experiments.ExperimentYaml.experiment;
import static io.weir.topology.experiments.ExperimentYaml.full;
import static io.weir.topology.experiments.ExperimentYaml.metric;
import static io.weir.topology.experiments.ExperimentYaml.problems;
import static io.weir.topology.experiments.ExperimentYaml.valid;
import static io.weir.topology.experiments.ExperimentYaml.variants;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of an experiments file that is wrong. */
class ExperimentProblemsTest {

    private static final String ID = "(1 to 256 characters, none a control character)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unit: session         | 11 | unit: expected one of visitor, customer, found \"session\"",
                "unit: Visitor         | 11 | unit: expected one of visitor, customer, found \"Visitor\"",
                "multiple_exposure: no | 24 | multiple_exposure: expected one of exclude, first, found \"no\"",
                "name: ''              | 11 | name: expected a name (1 to 256 characters, none a control character), found an empty text",
                "name: [a]             | 11 | name: expected a name (1 to 256 characters, none a control character), found a list",
                "alpha: 0.00009        | 12 | alpha: expected a number from 0.0001 to 0.5, found \"0.00009\"",
                "alpha: 0.51           | 12 | alpha: expected a number from 0.0001 to 0.5, found \"0.51\"",
                "alpha: 5%             | 12 | alpha: expected a number from 0.0001 to 0.5, found \"5%\"",
                "sequential_tuning: 9  | 24 | sequential_tuning: expected a whole number from 10 to 1000000000, found \"9\"",
                "sequential_tuning: 1000000001 | 24 | sequential_tuning: expected a whole number from 10 to 1000000000, found \"1000000001\"",
                "sequential_tuning: 50.0 | 24 | sequential_tuning: expected a whole number from 10 to 1000000000, found \"50.0\"",
                "version: -1           | 14 | version: expected a whole number from 0 to 9223372036854775807, found \"-1\"",
                "started_at: today     | 17 | started_at: expected a time with its zone such as 2026-11-22T08:00:00Z, found \"today\"",
                "ended_at: 2026-11-22  | 15 | ended_at: expected a time with its zone such as 2026-11-22T08:00:00Z, found \"2026-11-22\"",
                "start_at: 1           | 5  | start_at: there is no such key; did you mean started_at?",
                "sequentialtuning: 1   | 5  | sequentialtuning: there is no such key; did you mean sequential_tuning?",
                "id: e-2               | 5  | id: expected once, found again (first in line 2)"
            })
    void mistakeInAnExperiment(String line, int column, String problem) {
        assertThat(problems(experiment(line))).containsExactly("experiments.yaml:5:" + column + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T08:00:00Z", "2026-11-22T08:59:59+01:00"})
    void experimentsEndAfterTheirStart(String end) {
        assertThat(problems(experiment("started_at: 2026-11-22T08:00:00Z\n    ended_at: " + end)))
                .containsExactly("experiments.yaml:6:15: ended_at: expected a time after started_at, found \"%s\""
                        .formatted(end));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~                              | 15 | variants: expected a list of 2 to 100 variants, found nothing",
                "{id: control}                  | 15 | variants: expected a list of 2 to 100 variants, found a mapping",
                "[]                             | 15 | variants: expected a list of 2 to 100 variants, found an empty list",
                "[{id: control}]                | 15 | variants: expected a list of 2 to 100 variants, found a list of 1",
                "[control, {id: b}]             | 16 | variants: expected a mapping with id, weight and control, found \"control\"",
                "[{id: control}, {weight: 1}]   | 31 | id: expected the id of a variant (1 to 256 characters, none a control character), found nothing",
                "[{id: control}, {id: control}] | 36 | id: expected each variant once, found \"control\" again (first in line 3)",
                "[{id: control}, {id: b, weight: 0}]       | 47 | weight: expected a number above 0 and at most 1000000, found \"0\"",
                "[{id: control}, {id: b, weight: -1}]      | 47 | weight: expected a number above 0 and at most 1000000, found \"-1\"",
                "[{id: control}, {id: b, weight: 1000001}] | 47 | weight: expected a number above 0 and at most 1000000, found \"1000001\"",
                "[{id: control}, {id: b, weight: 1e3}]     | 47 | weight: expected a number above 0 and at most 1000000, found \"1e3\"",
                "[{id: a}, {id: b}]             | 15 | variants: expected a variant with control: true, or one with the id control, found none",
                "[{id: a}, {id: b, control: yes}] | 42 | control: expected true or false, found \"yes\"",
                "[{id: a, control: true}, {id: b, control: true}] | 57 | control: expected one control, found another (first in line 3)",
                "[{id: control}, {id: b, share: 1}] | 39 | share: there is no such key; expected one of id, weight, control"
            })
    void mistakeInVariants(String variants, int column, String problem) {
        assertThat(problems(variants(variants))).containsExactly("experiments.yaml:3:" + column + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: count, kind: exposure  | 54 | kind: expected one of page_view, impression, click, video, purchase, app_signal, interaction, found \"exposure\"",
                "type: count, kind: unknown   | 54 | kind: expected one of page_view, impression, click, video, purchase, app_signal, interaction, found \"unknown\"",
                "type: count, kind: page_view | 54 | kind: expected one of those that weir.experiments.kinds names (impression, click, video, purchase, app_signal, interaction), found \"page_view\"",
                "type: count, event: 'a', kind: click   | 66 | kind: expected interaction beside event, found \"click\"",
                "type: count, event: ''       | 55 | event: expected the name of an event (1 to 256 characters, none a control character), found an empty text",
                "type: count                  | 15 | kind: expected a kind or an event beside type count, found nothing",
                "type: mean                   | 41 | type: expected one of conversion, revenue, count, found \"mean\"",
                "kind: click                  | 15 | type: expected one of conversion, revenue, count, found nothing",
                "type: revenue, kind: click   | 56 | kind: expected purchase beside type revenue, found \"click\"",
                "type: revenue, event: a      | 57 | event: expected none beside type revenue, found \"a\"",
                "type: conversion, cap: 5     | 58 | cap: expected none beside type conversion, found \"5\"",
                "type: count, kind: purchase, cap: x | 69 | cap: expected none beside type count, found \"x\"",
                "type: revenue, cap: 0        | 55 | cap: expected an amount above 0 and at most 1000000000, found \"0\"",
                "type: revenue, cap: 1000000000.01 | 55 | cap: expected an amount above 0 and at most 1000000000, found \"1000000000.01\"",
                "type: revenue, cap: 0.0000001 | 55 | cap: expected an amount with at most 6 decimals, found \"0.0000001\"",
                "type: revenue, cap: 5 EUR    | 55 | cap: expected an amount such as 1500000 or 250.5, found \"5 EUR\"",
                "type: revenue, currency: eur | 60 | currency: expected a code of ISO 4217 such as IDR, found \"eur\"",
                "type: count, kind: purchase, currency: EUR   | 74 | currency: expected none beside type count, found \"EUR\"",
                "type: conversion, kind: click, currency: EUR | 76 | currency: expected none beside kind click, found \"EUR\"",
                "type: conversion, event: a, currency: EUR    | 73 | currency: expected none beside event, found \"EUR\"",
                "type: count, kind: app_signal, merchant: m-1 | 76 | merchant: expected none beside kind app_signal, found \"m-1\"",
                "type: count, event: a, merchant: m-1         | 68 | merchant: expected none beside event, found \"m-1\"",
                "type: revenue, merchant: ''  | 60 | merchant: expected the id of a merchant (1 to 256 characters, none a control character), found an empty text",
                "type: revenue, events: a     | 50 | events: there is no such key; did you mean event?",
                "type: revenue, guardrail: down | 61 | guardrail: expected a mapping with direction and margin, found \"down\"",
                "type: revenue, guardrail: {margin: 0} | 61 | guardrail.direction: expected one of up, down, found nothing",
                "type: revenue, guardrail: {direction: up} | 61 | guardrail.margin: expected a number from 0 to 10, found nothing",
                "type: revenue, guardrail: {direction: left, margin: 0} | 73 | guardrail.direction: expected one of up, down, found \"left\"",
                "type: revenue, guardrail: {direction: up, margin: 10.1} | 85 | guardrail.margin: expected a number from 0 to 10, found \"10.1\"",
                "type: revenue, guardrail: {direction: up, margin: -1} | 85 | guardrail.margin: expected a number from 0 to 10, found \"-1\"",
                "type: revenue, guardrail: {direction: up, margin: 0, size: 1} | 88 | guardrail.size: there is no such key; expected one of direction, margin"
            })
    void mistakeInAMetric(String keys, int column, String problem) {
        assertThat(problems(metric("id: m, window: 7d, " + keys)))
                .containsExactly("experiments.yaml:4:" + column + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7     | a duration such as 7d or 36h",
                "1w    | a duration such as 7d or 36h",
                "1.5d  | a duration such as 7d or 36h",
                "-1d   | a duration such as 7d or 36h",
                "59s   | a duration from 1m to 90d",
                "91d   | a duration from 1m to 90d",
                "2161h | a duration from 1m to 90d"
            })
    void windowThatIsNone(String window, String expected) {
        assertThat(problems(metric("id: m, type: conversion, window: " + window)))
                .containsExactly(
                        "experiments.yaml:4:49: window: expected %s, found \"%s\"".formatted(expected, window));
    }

    @Test
    void metricsHaveAnIdOnceATypeAndAWindow() {
        assertThat(problems(metric(
                        "id: m, type: conversion, window: 7d}, {id: m, type: revenue, window: 1d}, x, {event: a")))
                .containsExactly(
                        "experiments.yaml:4:59: id: expected each metric once, found \"m\" again (first in line 4)",
                        "experiments.yaml:4:90: metrics: expected a mapping with id, type and window, found \"x\"",
                        "experiments.yaml:4:93: id: expected the id of a metric " + ID + ", found nothing",
                        "experiments.yaml:4:93: type: expected one of conversion, revenue, count, found nothing",
                        "experiments.yaml:4:93: window: expected a duration such as 7d or 36h, found nothing");
    }

    @Test
    void metricsAreAListOfAtMostAHundred() {
        String many = IntStream.range(0, 101)
                .mapToObj(i -> "id: " + i + ", type: conversion, window: 1m")
                .collect(Collectors.joining("}, {"));

        assertThat(problems(metric(many)))
                .containsExactly(
                        "experiments.yaml:4:14: metrics: expected a list of 1 to 100 metrics, found a list of 101");
        assertThat(problems(valid().replaceAll("(?m)^    metrics.*\n", "")))
                .containsExactly("experiments.yaml:2:5: metrics: expected a list of 1 to 100 metrics, found nothing");
        assertThat(problems(valid().replaceAll("\\[\\{id: m.*]", "[]")))
                .containsExactly(
                        "experiments.yaml:4:14: metrics: expected a list of 1 to 100 metrics, found an empty list");
    }

    @Test
    void variantsAreAtMostAHundred() {
        String many = IntStream.range(0, 100).mapToObj(i -> "{id: " + i + "}").collect(Collectors.joining(", "));

        assertThat(problems(variants("[{id: control}, " + many + "]")))
                .containsExactly(
                        "experiments.yaml:3:15: variants: expected a list of 2 to 100 variants, found a list of 101");
    }

    @Test
    void experimentThatIsThereTwiceIsRefused() {
        assertThat(problems(valid() + valid().replace("experiments:\n", "")))
                .containsExactly(
                        "experiments.yaml:5:9: id: expected each experiment once, found \"e-1\" again (first in line 2)");
    }

    @Test
    void idVariantsAndMetricsMustBeThere() {
        assertThat(problems("experiments: [{}, e-1]"))
                .containsExactly(
                        "experiments.yaml:1:15: id: expected the id of an experiment " + ID + ", found nothing",
                        "experiments.yaml:1:15: variants: expected a list of 2 to 100 variants, found nothing",
                        "experiments.yaml:1:15: metrics: expected a list of 1 to 100 metrics, found nothing",
                        "experiments.yaml:1:19: experiments: expected a mapping with id, variants and metrics, found \"e-1\"");
    }

    @Test
    void fileIsAMappingWithAListOfExperiments() {
        assertThat(problems(""))
                .containsExactly(
                        "experiments.yaml:1:1: expected a mapping with the key experiments, found an empty file");
        assertThat(problems("- e-1\n"))
                .containsExactly("experiments.yaml:1:1: expected a mapping with the key experiments, found a list");
        assertThat(problems("experiments: []\n"))
                .containsExactly(
                        "experiments.yaml:1:14: experiments: expected a list of experiments, found an empty list");
        assertThat(problems("tests: 1\n" + valid()))
                .containsExactly("experiments.yaml:1:1: tests: there is no such key; expected experiments");
    }

    @Test
    void everythingThatIsWrongIsSaidInTheOrderOfTheFile() {
        String wrong = full().replace("unit: visitor", "unit: visit")
                .replace("weight: 1,", "weight: none,")
                .replace("kind: purchase", "kind: exposure")
                .replace("cap: 500.00", "cap: 500.0000001")
                .replace("margin: 0.05", "margin: 5%")
                .replace("2026-12-22", "2026-10-22")
                .replace("alpha: 0.05", "alpha: 0.95");

        assertThat(problems(wrong))
                .containsExactly(
                        "experiments.yaml:4:11: unit: expected one of visitor, customer, found \"visit\"",
                        "experiments.yaml:5:38: weight: expected a number above 0 and at most 1000000, found \"none\"",
                        "experiments.yaml:8:50: kind: expected one of page_view, impression, click, video, purchase, app_signal, interaction, found \"exposure\"",
                        "experiments.yaml:9:55: cap: expected an amount with at most 6 decimals, found \"500.0000001\"",
                        "experiments.yaml:10:108: guardrail.margin: expected a number from 0 to 10, found \"5%\"",
                        "experiments.yaml:12:15: ended_at: expected a time after started_at, found \"2026-10-22T08:00:00Z\"",
                        "experiments.yaml:13:12: alpha: expected a number from 0.0001 to 0.5, found \"0.95\"");
    }

    @Test
    void anAliasIsOneProblemWhereverItIs() {
        List<String> problems = problems("""
                experiments:
                  - id: e-1
                    variants: [{id: a, control: *x}, {id: b, weight: *x}]
                    metrics: [{id: m, type: *x, window: *x, cap: *x, event: *x}, *x]
                    alpha: *x
                """);

        assertThat(problems)
                .hasSize(8)
                .allMatch(problem -> problem.endsWith(": expected the value itself, found the alias *x"));
    }
}
