package io.weir.topology.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.core.serde.Schemas;
import io.weir.topology.cli.CommandLines;
import io.weir.topology.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Three weeks of a real landing-page test. p-values are those of the normal distribution, computed apart. */
class LandingPageTest {

    private static final Path DATA = Path.of("../../shared/data/udacity-ab.ndjson.gz");
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path folder;

    @BeforeAll
    static void trustOurClasses() {
        Schemas.trust();
    }

    @Test
    @Tag("full")
    void withoutADefinitionResultsAreProvisionalAndUnitsOfBothVariantsAreLeftOut() throws IOException {
        Path out = batch();

        JsonNode results = only(out, "experiments.results");
        assertThat(results.get("provisional").asBoolean()).isTrue();
        assertThat(results.get("units").asLong()).isEqualTo(290_584 - 1_895);
        assertThat(results.get("multiple_units").asLong()).isEqualTo(1_895);
        assertThat(variants(results))
                .containsExactly(
                        "control 144300: 17422 converters, 17432.00, 17452.00",
                        "treatment 144389: 17206 converters, 17213.00, 17227.00");
        assertComparison(results, "conversion", 0.194120, -0.0130069, 0.191209);
        assertComparison(results, "revenue", 0.188616, -0.0131717, 0.185693);
        JsonNode alert = only(out, "experiments.alerts");
        assertThat(alert.get("kind").asString()).isEqualTo("UNKNOWN_EXPERIMENT");
        assertThat(alert.get("status").asString()).isEqualTo("STARTED");
    }

    @Test
    @Tag("full")
    void withADefinitionThatSaysSoUnitsStayInTheirFirstVariant() throws IOException {
        Path definitions = Files.writeString(folder.resolve("experiments.yaml"), """
                experiments:
                  - id: landing-page
                    variants: [{id: control, control: true}, {id: treatment}]
                    multiple_exposure: first
                    metrics:
                      - {id: conversion, type: conversion, window: 7d}
                      - {id: revenue, type: revenue, window: 7d}
                """);

        Path out = batch("--experiments", definitions.toString());

        JsonNode results = only(out, "experiments.results");
        assertThat(results.get("provisional").asBoolean()).isFalse();
        assertThat(results.get("multiple_units").asLong()).isEqualTo(1_895);
        assertThat(variants(results))
                .containsExactly(
                        "control 145294: 17595 converters, 17610.00, 17640.00",
                        "treatment 145290: 17381 converters, 17393.00, 17417.00");
        assertComparison(results, "conversion", 0.223487, -0.0121353, 0.220667);
        assertComparison(results, "revenue", 0.217608, -0.0122954, 0.214769);
        assertThat(lines(out, "experiments.alerts")).isEmpty();
    }

    private static void assertComparison(JsonNode results, String metric, double p, double lift, double liftP) {
        for (JsonNode comparison : results.get("comparisons")) {
            if (comparison.get("metric_id").asString().equals(metric)
                    && comparison.get("view").asString().equals("LIVE")) {
                assertThat(comparison.get("absolute").get("p").asDouble()).isCloseTo(p, within(2e-6));
                assertThat(comparison.get("relative").get("estimate").asDouble())
                        .isCloseTo(lift, within(1e-7));
                assertThat(comparison.get("relative").get("p").asDouble()).isCloseTo(liftP, within(2e-6));
                return;
            }
        }
        throw new AssertionError("no comparison by " + metric);
    }

    private static List<String> variants(JsonNode results) {
        List<String> variants = new ArrayList<>();
        for (JsonNode variant : results.get("variants")) {
            JsonNode revenue = variant.get("metrics").get(1);
            variants.add("%s %d: %d converters, %s, %s"
                    .formatted(
                            variant.get("variant_id").asString(),
                            variant.get("units").asLong(),
                            revenue.get("converters").asLong(),
                            revenue.get("sum").asString(),
                            revenue.get("sum_squares").asString()));
        }
        return variants;
    }

    private static JsonNode only(Path out, String topic) throws IOException {
        List<JsonNode> all = lines(out, topic);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<JsonNode> lines(Path out, String topic) throws IOException {
        return Files.readAllLines(out.resolve(topic + ".ndjson")).stream()
                .map(JSON::readTree)
                .toList();
    }

    private Path batch(String... more) {
        assumeTrue(
                Files.exists(DATA), () -> DATA.toAbsolutePath() + " is not there: NOT tested on the landing-page data");
        Path out = folder.resolve("out");
        List<String> arguments =
                new ArrayList<>(List.of("batch", DATA.toString(), "--rules", "none", "--out", out.toString()));
        arguments.addAll(List.of(more));
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        int exit = CommandLines.execute(terminal, arguments.toArray(String[]::new));
        assertThat(exit).as(err.toString()).isZero();
        return out;
    }
}
