package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.topic.Topics;
import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.ExperimentMetric;
import io.weir.schemas.ExperimentVariant;
import io.weir.schemas.GuardrailDirection;
import io.weir.schemas.MetricGuardrail;
import io.weir.schemas.MetricType;
import io.weir.schemas.MultipleExposure;
import io.weir.schemas.UnitType;
import io.weir.topology.cli.ControlBroker.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments from a file into the topic of their definitions, on a real broker. Each test has a topic of its own. */
class ExperimentsApplyTest {

    private static final String TWO = """
            experiments:
              - id: landing-page
                variants: [{id: control}, {id: b}]
                metrics:
                  - {id: conversion, type: conversion, window: 7d}
                  - {id: errors, type: count, event: Failed, window: 1d, guardrail: {direction: down, margin: 0.05}}
                started_at: 2026-11-22T08:00:00Z
                ended_at: 2026-12-22T08:00:00Z
                version: 3
              - id: käse|1
                unit: customer
                variants: [{id: a}, {id: b, weight: 2, control: true}, {id: c}]
                metrics: [{id: clicks, type: count, kind: click, window: 36h}]
            """;

    private static ControlBroker broker;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        broker = new ControlBroker("mock://experiments-apply");
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void everyExperimentIsOneRecordUnderItsId() throws IOException {
        broker.prepare("a.", Topics.DEFINITIONS);
        long before = System.currentTimeMillis();

        Output output = broker.weir("a.", "experiments", "apply", file(TWO));

        long after = System.currentTimeMillis();
        List<Written<ExperimentDefinition>> written = broker.read("a.", Topics.DEFINITIONS);
        assertThat(written).extracting(Written::key).containsExactly("landing-page", "käse|1");
        assertThat(written.get(0).value()).isEqualTo(landingPage());
        ExperimentDefinition second = written.get(1).value();
        assertThat(second.getVersion()).isBetween(before, after);
        assertThat(second.getUnit()).isEqualTo(UnitType.CUSTOMER);
        assertThat(written).extracting(Written::timestamp).containsOnly(second.getVersion());
        assertThat(output)
                .isEqualTo(new Output(0, """
                        landing-page  version 3  from 2026-11-22T08:00:00Z until 2026-12-22T08:00:00Z  by visitor, control against 1 other, 2 metrics, 1 guardrail
                        käse|1  version %d  from the first exposure  by customer, b against 2 others, 1 metric
                        2 experiments written to a.experiments.definitions
                        """.formatted(second.getVersion()).replace("\n", System.lineSeparator()), ""));
    }

    @Test
    void experimentsThatAreAppliedAgainAreNewVersionsIfTheyChange() throws IOException {
        broker.prepare("b.", Topics.DEFINITIONS);
        String file = file("experiments: [{id: e-1, variants: [{id: control}, {id: b}],"
                + " metrics: [{id: m, type: revenue, window: 7d}]}]");

        Output first = broker.weir("b.", "experiments", "apply", file);
        Output same = broker.weir("b.", "experiments", "apply", file);
        Output second = broker.weir(
                "b.",
                "experiments",
                "apply",
                file(Files.readString(Path.of(file)).replace("7d", "8d")));

        assertThat(first.exitCode()).isZero();
        assertThat(same.out())
                .isEqualTo("0 experiments written to b.experiments.definitions, 1 is there already%n".formatted());
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).endsWith("1 experiment written to b.experiments.definitions%n".formatted());
        List<Written<ExperimentDefinition>> written = broker.read("b.", Topics.DEFINITIONS);
        assertThat(written).extracting(Written::key).containsExactly("e-1", "e-1");
        assertThat(written.get(1).value().getVersion())
                .isGreaterThan(written.get(0).value().getVersion());
    }

    @Test
    void dryRunSendsNothing() throws IOException {
        broker.prepare("c.", Topics.DEFINITIONS);

        Output output = broker.weir("c.", "experiments", "apply", file(TWO), "--dry-run");

        assertThat(output.exitCode()).isZero();
        assertThat(output.err()).isEmpty();
        assertThat(output.out())
                .startsWith("landing-page  version 3  from 2026-11-22T08:00:00Z until ")
                .endsWith("2 experiments checked, none written (--dry-run)%n".formatted());
        assertThat(broker.read("c.", Topics.DEFINITIONS)).isEmpty();
    }

    @Test
    void dryRunNeedsNoBroker() throws IOException {
        Output output = Output.of(
                "experiments", "apply", file(TWO), "--dry-run", "--set", "weir.kafka.bootstrap-servers=127.0.0.1:1");

        assertThat(output.exitCode()).isZero();
    }

    @Test
    void mistakesAreOneLineEachAndNothingIsSent() throws IOException {
        broker.prepare("d.", Topics.DEFINITIONS);
        String file = file(TWO.replace("window: 7d", "window: 91d").replace("kind: click", "kind: page_view"));

        Output output = broker.weir("d.", "experiments", "apply", file);

        assertThat(output)
                .isEqualTo(new Output(
                        2,
                        "",
                        ("weir: %1$s:5:52: window: expected a duration from 1m to 90d, found \"91d\".%n"
                                        + "weir: %1$s:13:47: kind: expected one of those that weir.experiments.kinds names"
                                        + " (impression, click, video, purchase, app_signal, interaction), found \"page_view\".%n")
                                .formatted(file)));
        assertThat(broker.read("d.", Topics.DEFINITIONS)).isEmpty();
    }

    @Test
    void topicThatIsNotThereIsNamedWithTheCommandThatMakesIt() throws IOException {
        Output output = broker.weir("e.", "experiments", "apply", file(TWO));

        assertThat(output)
                .isEqualTo(new Output(
                        1,
                        "",
                        "weir: The broker at %s has no topic e.experiments.definitions: run \"weir topics create\" with the same settings.%n"
                                .formatted(broker.bootstrapServers())));
    }

    @Test
    void schemaThatIsNotRegisteredIsNamedAndNothingIsSent() throws IOException {
        broker.createTopic("f.", Topics.DEFINITIONS, Map.of());

        Output output = broker.weir("f.", "experiments", "apply", file(TWO));

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("f.experiments.definitions-value").hasLineCount(1);
        assertThat(output.out()).isEmpty();
        assertThat(broker.read("f.", Topics.DEFINITIONS)).isEmpty();
    }

    @Test
    void fileMustBeThereAndBeAFile() {
        Path gone = directory.resolve("gone.yaml");

        assertThat(Output.of("experiments", "apply", gone.toString()))
                .isEqualTo(new Output(2, "", "weir: %s: there is no such file.%n".formatted(gone)));
        assertThat(Output.of("experiments", "apply", directory.toString()))
                .isEqualTo(new Output(
                        2, "", "weir: %s: expected a file of experiments, found a directory.%n".formatted(directory)));
    }

    @Test
    void groupNeedsACommandAndTheCommandHasHelp() {
        Output group = Output.of("experiments");
        Output help = Output.of("experiments", "apply", "--help");

        assertThat(group)
                .isEqualTo(new Output(
                        2,
                        "",
                        "weir: Missing command after \"weir experiments\": expected one of apply; see \"weir experiments --help\".%n"
                                .formatted()));
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith("Usage: weir experiments apply")
                .contains("--dry-run", "--config=FILE", "--set=KEY=VALUE", "--help");
    }

    private static ExperimentDefinition landingPage() {
        return new ExperimentDefinition(
                "landing-page",
                null,
                UnitType.VISITOR,
                List.of(new ExperimentVariant("control", 1.0, true), new ExperimentVariant("b", 1.0, false)),
                List.of(
                        new ExperimentMetric(
                                "conversion",
                                MetricType.CONVERSION,
                                EventKind.purchase,
                                null,
                                null,
                                604_800_000L,
                                null,
                                null,
                                null),
                        new ExperimentMetric(
                                "errors",
                                MetricType.COUNT,
                                EventKind.interaction,
                                "Failed",
                                null,
                                86_400_000L,
                                null,
                                null,
                                new MetricGuardrail(GuardrailDirection.DOWN, 0.05))),
                Instant.parse("2026-11-22T08:00:00Z"),
                Instant.parse("2026-12-22T08:00:00Z"),
                0.05,
                5_000L,
                MultipleExposure.EXCLUDE,
                3L);
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("experiments.yaml"), yaml).toString();
    }
}
