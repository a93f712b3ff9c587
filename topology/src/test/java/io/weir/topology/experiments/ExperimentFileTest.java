package io.weir.topology.experiments;

import static io.weir.topology.experiments.ExperimentYaml.READ;
import static io.weir.topology.experiments.ExperimentYaml.VERSION;
import static io.weir.topology.experiments.ExperimentYaml.experiment;
import static io.weir.topology.experiments.ExperimentYaml.full;
import static io.weir.topology.experiments.ExperimentYaml.metric;
import static io.weir.topology.experiments.ExperimentYaml.read;
import static io.weir.topology.experiments.ExperimentYaml.valid;
import static io.weir.topology.experiments.ExperimentYaml.variants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.ExperimentMetric;
import io.weir.schemas.ExperimentVariant;
import io.weir.schemas.GuardrailDirection;
import io.weir.schemas.MetricGuardrail;
import io.weir.schemas.MetricType;
import io.weir.schemas.MultipleExposure;
import io.weir.schemas.UnitType;
import io.weir.topology.files.FileException;
import io.weir.topology.yaml.YamlFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an experiments file says. */
class ExperimentFileTest {

    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void theSampleIsAsItSays() {
        assertThat(ExperimentFile.read(Path.of("../samples/experiments.yaml"), 1, READ))
                .extracting(ExperimentDefinition::getId)
                .containsExactly("checkout-button");
    }

    @Test
    void everythingThatCanBeSaidIsRead() {
        assertThat(read(full()))
                .containsExactly(new ExperimentDefinition(
                        "landing-page",
                        "Landing page, winter",
                        UnitType.VISITOR,
                        List.of(
                                new ExperimentVariant("control", 1.0, true),
                                new ExperimentVariant("treatment", 1.0, false)),
                        List.of(
                                new ExperimentMetric(
                                        "conversion",
                                        MetricType.CONVERSION,
                                        EventKind.purchase,
                                        null,
                                        null,
                                        7 * DAY,
                                        null,
                                        null,
                                        null),
                                new ExperimentMetric(
                                        "revenue",
                                        MetricType.REVENUE,
                                        EventKind.purchase,
                                        null,
                                        "m-1",
                                        7 * DAY,
                                        500_000_000L,
                                        "EUR",
                                        null),
                                new ExperimentMetric(
                                        "errors",
                                        MetricType.COUNT,
                                        EventKind.interaction,
                                        "Checkout Failed",
                                        null,
                                        DAY,
                                        null,
                                        null,
                                        new MetricGuardrail(GuardrailDirection.DOWN, 0.05))),
                        Instant.parse("2026-11-22T08:00:00Z"),
                        Instant.parse("2026-12-22T08:00:00Z"),
                        0.05,
                        5_000L,
                        MultipleExposure.FIRST,
                        3L));
    }

    @Test
    void whatIsNotSaidHasItsDefaultAndTheVersionIsTheCallers() {
        assertThat(read(valid()))
                .containsExactly(new ExperimentDefinition(
                        "e-1",
                        null,
                        UnitType.VISITOR,
                        List.of(new ExperimentVariant("control", 1.0, true), new ExperimentVariant("b", 1.0, false)),
                        List.of(new ExperimentMetric(
                                "m", MetricType.CONVERSION, EventKind.purchase, null, null, 7 * DAY, null, null, null)),
                        null,
                        null,
                        0.05,
                        5_000L,
                        MultipleExposure.EXCLUDE,
                        VERSION));
        assertThat(read(experiment("name: \n    unit: ~\n    alpha: null\n    sequential_tuning: \n    version: ")))
                .isEqualTo(read(valid()));
    }

    @Test
    void whatIsNotTheDefaultIsRead() {
        ExperimentDefinition definition = read(experiment(
                        "unit: customer\n    multiple_exposure: exclude\n    alpha: 0.0001\n    sequential_tuning: 1000000000"))
                .get(0);

        assertThat(definition.getUnit()).isEqualTo(UnitType.CUSTOMER);
        assertThat(definition.getMultipleExposure()).isEqualTo(MultipleExposure.EXCLUDE);
        assertThat(definition.getAlpha()).isEqualTo(0.0001);
        assertThat(definition.getSequentialTuning()).isEqualTo(1_000_000_000L);
    }

    @Test
    void experimentsAreInTheOrderOfTheFile() {
        String second = valid().replace("experiments:\n", "").replace("e-1", "a");

        assertThat(read(valid() + second))
                .extracting(ExperimentDefinition::getId)
                .containsExactly("e-1", "a");
    }

    @Test
    void controlIsTheVariantThatIsMarkedWhateverItsName() {
        assertThat(read(variants("[{id: control}, {id: b, weight: 0.5, control: true}]"))
                        .get(0)
                        .getVariants())
                .containsExactly(new ExperimentVariant("control", 1.0, false), new ExperimentVariant("b", 0.5, true));
        assertThat(read(variants("[{id: a}, {id: control, weight: 1000000}]"))
                        .get(0)
                        .getVariants())
                .containsExactly(new ExperimentVariant("a", 1.0, false), new ExperimentVariant("control", 1e6, true));
    }

    @Test
    void aHundredVariantsAndMetricsAreRead() {
        String variants =
                IntStream.range(0, 99).mapToObj(i -> "{id: " + i + "}").collect(Collectors.joining(","));
        String metrics = IntStream.range(0, 100)
                .mapToObj(i -> "id: " + i + ", type: conversion, window: 1m")
                .collect(Collectors.joining("}, {"));

        ExperimentDefinition definition = read(metric(metrics)
                        .replace("[{id: control}, {id: b}]", "[{id: control}, " + variants + "]"))
                .get(0);

        assertThat(definition.getVariants()).hasSize(100);
        assertThat(definition.getMetrics()).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({
        "'type: conversion', purchase,",
        "'type: conversion, merchant: m-1, currency: EUR', purchase,",
        "'type: conversion, kind: click, merchant: m-1', click,",
        "'type: conversion, kind: app_signal', app_signal,",
        "'type: conversion, event: Sign Up', interaction, Sign Up",
        "'type: conversion, event: Sign Up, kind: interaction', interaction, Sign Up",
        "'type: revenue', purchase,",
        "'type: revenue, kind: purchase, currency: EUR', purchase,",
        "'type: count, kind: purchase, merchant: m-1', purchase,",
        "'type: count, kind: impression, merchant: m-1', impression,",
        "'type: count, kind: video, merchant: m-1', video,",
        "'type: count, kind: interaction', interaction,",
        "'type: count, event: 7', interaction, 7"
    })
    void kindIsSetAlsoWhereItIsNotSaid(String metric, EventKind kind, String event) {
        ExperimentMetric read =
                read(metric("id: m, window: 7d, " + metric)).get(0).getMetrics().get(0);

        assertThat(read.getKind()).isEqualTo(kind);
        assertThat(read.getEvent()).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource({"1m, PT1M", "36h, PT36H", "90d, P90D", "60s, PT1M", "7776000000ms, P90D"})
    void windowsAreDurations(String written, Duration window) {
        assertThat(read(metric("id: m, type: conversion, window: " + written))
                        .get(0)
                        .getMetrics()
                        .get(0)
                        .getWindowMs())
                .isEqualTo(window.toMillis());
    }

    @ParameterizedTest
    @CsvSource({"0.000001, 1", "0.1, 100000", "8388608.1, 8388608100000", "1000000000, 1000000000000000"})
    void capsAreReadExactly(String written, long micros) {
        assertThat(read(metric("id: m, type: revenue, window: 7d, cap: " + written))
                        .get(0)
                        .getMetrics()
                        .get(0)
                        .getCapMicros())
                .isEqualTo(micros);
    }

    @Test
    void marginsAreFromNoneToTenfold() {
        assertThat(read(metric("id: m, type: conversion, window: 7d, guardrail: {direction: up, margin: 0}"))
                        .get(0)
                        .getMetrics()
                        .get(0)
                        .getGuardrail())
                .isEqualTo(new MetricGuardrail(GuardrailDirection.UP, 0.0));
        assertThat(read(metric("id: m, type: conversion, window: 7d, guardrail: {direction: up, margin: 10}"))
                        .get(0)
                        .getMetrics()
                        .get(0)
                        .getGuardrail()
                        .getMargin())
                .isEqualTo(10);
    }

    @Test
    void filesAreReadFromTheirPath(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("e.yaml"), full());

        assertThat(ExperimentFile.read(file, VERSION, READ)).isEqualTo(read(full()));
        assertThatThrownBy(() -> ExperimentFile.read(directory, VERSION, READ))
                .isInstanceOf(FileException.class)
                .hasMessage(directory + ": expected a file of experiments, found a directory");
    }

    @Property(tries = 2_000)
    void whateverIsInTheFileTheAnswerIsExperimentsOrProblems(@ForAll("mistakes") String yaml) {
        try {
            assertThat(read(yaml)).isNotEmpty();
        } catch (YamlFileException wrong) {
            assertThat(wrong.problems())
                    .isNotEmpty()
                    .allMatch(problem -> problem.matches("experiments.yaml:\\d+:\\d+: .+"));
        }
    }

    /** The full file with one word of it replaced by something else. */
    @Provide
    Arbitrary<String> mistakes() {
        String[] words = full().split("(?<=[ ,:{}\\[\\]\n])");
        Arbitrary<String> other = Arbitraries.of(
                "",
                "~",
                "*a ",
                "&a ",
                "!!x ",
                "[]",
                "{}",
                "true",
                "false",
                "0",
                "-1",
                "x",
                "\n",
                "revenue",
                "conversion",
                "count",
                "click",
                "exposure",
                "page_view",
                "interaction",
                "event: ",
                "kind: ",
                "cap: ",
                "control: ",
                ", ");
        return Combinators.combine(Arbitraries.integers().between(0, words.length - 1), other)
                .as((index, word) -> {
                    String[] changed = words.clone();
                    changed[index] = word;
                    return String.join("", changed);
                });
    }
}
