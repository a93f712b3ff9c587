package io.weir.topology.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.Schemas;
import io.weir.topology.cli.CommandLines;
import io.weir.topology.terminal.Terminal;
import io.weir.traffic.Message;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The made-up shop's experiments, from its messages to decisions: what is true of them is found, and nothing else. */
class ShopExperimentsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path folder;

    @BeforeAll
    static void trustOurClasses() {
        Schemas.trust();
    }

    @Test
    @Tag("full")
    void theEffectsOfTheShopAreFoundAndOfTheExperimentWithoutAnyNothingIsSaid() throws IOException {
        Map<String, JsonNode> results = results(batch(traffic(), definitions()));

        JsonNode button = comparison(results.get("checkout-button"), "conversion", "treatment");
        assertThat(button.get("decision").asString()).isEqualTo("BETTER");
        assertCovers(button, 0.20);
        assertCovers(comparison(results.get("checkout-button"), "revenue", "treatment"), 0.20);

        // Of what orders bring so many visitors say little: the intervals cover the truth, and much else.
        JsonNode shipping = results.get("free-shipping");
        assertCovers(comparison(shipping, "revenue", "over-50"), 0.12);
        assertCovers(comparison(shipping, "revenue", "always"), -0.06);
        assertSaysNothing(comparison(shipping, "conversion", "over-50"));
        assertSaysNothing(comparison(shipping, "conversion", "always"));

        JsonNode tiles = results.get("homepage-tiles");
        assertSaysNothing(comparison(tiles, "conversion", "repeat"));
        assertSaysNothing(comparison(tiles, "revenue", "repeat"));

        assertThat(results.values()).allSatisfy(result -> {
            assertThat(result.get("srm").get("mismatch").asBoolean()).isFalse();
            assertThat(result.get("multiple_units").asLong()).isZero();
        });
        // Crawlers look at the home page, and never reach the cart.
        assertThat(tiles.get("bot_units").asLong()).isPositive();
    }

    /** With at least a hundred converters in each arm, so that silence is not for want of units. */
    private static void assertSaysNothing(JsonNode comparison) {
        assertThat(comparison.get("decision").asString()).isEqualTo("NONE");
        assertCovers(comparison, 0);
    }

    private static void assertCovers(JsonNode comparison, double effect) {
        JsonNode relative = comparison.get("relative");
        assertThat(relative.isNull())
                .as("too few converters for %s", comparison)
                .isFalse();
        assertThat(effect)
                .as(relative.toString())
                .isBetween(
                        relative.get("sequential_low").asDouble(),
                        relative.get("sequential_high").asDouble());
    }

    private static JsonNode comparison(JsonNode results, String metric, String variant) {
        for (JsonNode comparison : results.get("comparisons")) {
            if (comparison.get("metric_id").asString().equals(metric)
                    && comparison.get("variant_id").asString().equals(variant)
                    && comparison.get("view").asString().equals("MATURED")) {
                return comparison;
            }
        }
        throw new AssertionError("no comparison of " + variant + " by " + metric);
    }

    /** As many visitors as a shop has in an hour: some three thousand of them reach the checkout. */
    private Path traffic() throws IOException {
        Traffic traffic = Traffic.from(TrafficSettings.builder()
                .start(Instant.parse("2026-05-01T09:00:00Z"))
                .rate(150)
                .duration(Duration.ofMinutes(50))
                .dayCurve(false)
                .build());
        Path file = folder.resolve("shop.ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Iterator<Message<byte[]>> messages = traffic.segmentJson(); messages.hasNext(); ) {
                out.write(new String(messages.next().value(), StandardCharsets.UTF_8).replace('\n', ' '));
                out.newLine();
            }
        }
        return file;
    }

    private Path definitions() throws IOException {
        String metrics = """
                    metrics:
                      - {id: conversion, type: conversion, window: 10m}
                      - {id: revenue, type: revenue, window: 10m}
                """;
        return Files.writeString(
                folder.resolve("experiments.yaml"),
                "experiments:\n"
                        + "  - id: checkout-button\n    variants: [{id: control, control: true}, {id: treatment}]\n"
                        + metrics
                        + "  - id: free-shipping\n    variants: [{id: control, weight: 2, control: true}, {id: over-50},"
                        + " {id: always}]\n"
                        + metrics
                        + "  - id: homepage-tiles\n    variants: [{id: control, control: true}, {id: repeat}]\n"
                        + metrics);
    }

    private Path batch(Path events, Path definitions) {
        Path out = folder.resolve("out");
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        int exit = CommandLines.execute(
                terminal, "batch", events.toString(), "--experiments", definitions.toString(), "--out", out.toString());
        assertThat(exit).as(err.toString()).isZero();
        return out;
    }

    private static Map<String, JsonNode> results(Path out) throws IOException {
        Map<String, JsonNode> results = new HashMap<>();
        for (String line : Files.readAllLines(out.resolve("experiments.results.ndjson"))) {
            JsonNode result = JSON.readTree(line);
            results.put(result.get("experiment_id").asString(), result);
        }
        return results;
    }
}
