package io.weir.topology.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.core.serde.Schemas;
import io.weir.topology.cli.CommandLines;
import io.weir.topology.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A week of real impressions and clicks, with budgets some of which bind, in three zones. */
class OpenBanditTest {

    private static final Path DATA = Path.of("../../shared/data/open-bandit.ndjson.gz");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> ZONES = List.of("Asia/Tokyo", "Europe/Paris", "America/New_York");

    @TempDir
    private Path folder;

    @BeforeAll
    static void trustOurClasses() {
        Schemas.trust();
    }

    @Test
    @Tag("full")
    void countsAreTheKnownOnesStatementsAddUpAndASecondRunIsTheSameBytes() throws IOException {
        assumeTrue(
                Files.exists(DATA), () -> DATA.toAbsolutePath() + " is not there: NOT tested on the open bandit data");
        Path budgets = folder.resolve("budgets.yaml");
        Files.write(budgets, budgets());

        Path one = batch(budgets, "one");
        Path two = batch(budgets, "two");

        List<JsonNode> statements = lines(one, "adspend.statements");
        assertThat(ofCampaigns(statements, "impressions"))
                .isEqualTo(Map.of(
                        "bts-men", 10_000L, "bts-women", 10_000L, "random-men", 10_000L, "random-women", 10_000L));
        assertThat(ofCampaigns(statements, "clicks"))
                .isEqualTo(Map.of("bts-men", 69L, "bts-women", 46L, "random-men", 46L, "random-women", 46L));
        Map<String, Map<String, Long>> ledger = ledger(one);
        statements.forEach(statement -> checkStatement(statement, ledger));
        assertThat(sum(statements, "absorbed_micros")).isPositive();
        for (String name : names(one)) {
            assertThat(two.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
        }
    }

    private static void checkStatement(JsonNode statement, Map<String, Map<String, Long>> ledger) {
        assertThat(micros(statement, "gross")).isEqualTo(micros(statement, "valid") + micros(statement, "invalid"));
        assertThat(micros(statement, "valid")).isEqualTo(micros(statement, "billed") + micros(statement, "absorbed"));
        Map<String, Long> entries = ledger.get(key(statement));
        long billed = entries.getOrDefault("CHARGE", 0L) + entries.getOrDefault("CREDIT", 0L);
        assertThat(Math.floorDiv(billed, 1_000L)).isEqualTo(micros(statement, "billed"));
        assertThat(Math.floorDiv(entries.getOrDefault("ABSORB", 0L), 1_000L)).isEqualTo(micros(statement, "absorbed"));
    }

    private static Map<String, Map<String, Long>> ledger(Path out) throws IOException {
        Map<String, Map<String, Long>> days = new HashMap<>();
        for (JsonNode entry : lines(out, "adspend.ledger")) {
            days.computeIfAbsent(key(entry), any -> new HashMap<>())
                    .merge(
                            entry.get("kind").asString(),
                            entry.get("amount_nanos").asLong(),
                            Long::sum);
        }
        return days;
    }

    private static String key(JsonNode record) {
        return record.get("merchant_id").asString() + " " + record.get("day").asString();
    }

    private static long micros(JsonNode statement, String what) {
        return statement.get(what + "_micros").asLong();
    }

    private static long sum(List<JsonNode> statements, String field) {
        return statements.stream()
                .mapToLong(statement -> statement.get(field).asLong())
                .sum();
    }

    private static Map<String, Long> ofCampaigns(List<JsonNode> statements, String field) {
        Map<String, Long> sums = new TreeMap<>();
        for (JsonNode statement : statements) {
            statement
                    .get("campaigns")
                    .propertyStream()
                    .forEach(campaign -> sums.merge(
                            campaign.getKey(), campaign.getValue().get(field).asLong(), Long::sum));
        }
        return sums;
    }

    private Path batch(Path budgets, String name) {
        Path out = folder.resolve(name);
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        int exitCode = CommandLines.execute(
                terminal,
                "batch",
                DATA.toString(),
                "--rules",
                "none",
                "--budgets",
                budgets.toString(),
                "--out",
                out.toString());
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        return out;
    }

    private static List<JsonNode> lines(Path out, String topic) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve(topic + ".ndjson"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static Set<String> names(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    /** Every merchant has a CPM of 1 234.567 and a CPC of 30; every other one a cap, every fifth caps of campaigns. */
    private static List<String> budgets() throws IOException {
        Map<String, TreeSet<String>> merchants = new TreeMap<>();
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(DATA))) {
            List<String> messages = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (String line : messages) {
                JsonNode properties = JSON.readTree(line).get("properties");
                merchants
                        .computeIfAbsent(properties.get("merchant_id").asString(), any -> new TreeSet<>())
                        .add(properties.get("campaign_id").asString());
            }
        }
        List<String> lines = new ArrayList<>(List.of("merchants:"));
        int i = 0;
        for (Map.Entry<String, TreeSet<String>> merchant : merchants.entrySet()) {
            lines.add("  - merchant_id: " + merchant.getKey());
            lines.add("    currency: JPY");
            lines.add("    time_zone: " + ZONES.get(i % ZONES.size()));
            lines.add("    cpm: 1234.567");
            lines.add("    cpc: 30");
            if (i % 2 == 0) {
                lines.add("    daily_cap: " + (40 + i));
            }
            if (i % 5 == 0) {
                lines.add("    campaigns:");
                merchant.getValue()
                        .forEach(campaign -> lines.add("      " + campaign + ": {daily_cap: 20, cpc: 35.5}"));
            }
            i++;
        }
        return lines;
    }
}
