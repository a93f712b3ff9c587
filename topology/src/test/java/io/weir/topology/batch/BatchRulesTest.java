package io.weir.topology.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.Schemas;
import io.weir.topology.cli.CommandLines;
import io.weir.topology.terminal.Terminal;
import io.weir.traffic.FraudScheme;
import io.weir.traffic.Label;
import io.weir.traffic.Message;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules over recorded events, on a real broker: what they find, and what comes of it on bills and in results. */
class BatchRulesTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void trustOurClasses() {
        Schemas.trust();
    }

    @Test
    void clicksThatBreakARuleAreOffTheBillAndTheirVisitorsOutOfTheResults() throws IOException {
        Path events = Files.writeString(folder.resolve("events.ndjson"), """
                {"type":"track","event":"Experiment Viewed","messageId":"x1","anonymousId":"flood","timestamp":"2026-05-01T10:00:00Z",\
                "properties":{"experiment_id":"e","variation_id":"control"}}
                {"type":"track","event":"Experiment Viewed","messageId":"x2","anonymousId":"person","timestamp":"2026-05-01T10:00:00Z",\
                "properties":{"experiment_id":"e","variation_id":"control"}}
                {"type":"track","event":"Ad Clicked","messageId":"p1","anonymousId":"person","timestamp":"2026-05-01T10:00:01Z",\
                "properties":{"merchant_id":"m","ad_id":"a"}}
                """ + clicks(12));
        Path budgets = Files.writeString(
                folder.resolve("budgets.yaml"),
                "merchants: [{merchant_id: m, currency: EUR, time_zone: UTC, cpc: 0.10}]");

        Path with = batch(events, "with", "--budgets", budgets.toString());
        Path without = batch(events, "without", "--budgets", budgets.toString(), "--rules", "none");

        JsonNode statement = only(with, "adspend.statements");
        assertThat(statement.get("clicks").asLong()).isEqualTo(13);
        assertThat(statement.get("invalid_clicks").asLong()).isEqualTo(11);
        assertThat(statement.get("billed_micros").asLong()).isEqualTo(200_000);
        assertThat(only(without, "adspend.statements").get("billed_micros").asLong())
                .isEqualTo(1_300_000);
        assertThat(only(with, "experiments.results").get("units").asLong()).isEqualTo(1);
        assertThat(only(without, "experiments.results").get("units").asLong()).isEqualTo(2);
        assertThat(lines(with, "fraud.visitor-verdicts")).singleElement().satisfies(verdict -> {
            assertThat(verdict.get("visitor_id").asString()).isEqualTo("flood");
            assertThat(verdict.get("rule").asString()).isEqualTo("click-flood");
        });
        assertThat(alerts(with))
                .containsExactly(
                        "clicks click-flood flood 12.0",
                        "clicks missing-agent flood 12.0",
                        "clicks missing-agent person 1.0",
                        "clicks repeated-clicks flood|a 12.0");
        assertThat(alerts(without)).isEmpty();
    }

    /** As long as a burst lasts every click but the first is invalid: more than one in two seconds of a visitor on an advertisement. */
    @Test
    @Tag("full")
    void aBurstOfAHundredThousandClicksCostsOne() throws IOException {
        Instant ten = Instant.parse("2026-05-01T10:00:00Z");
        Path events = folder.resolve("burst.ndjson");
        try (PrintWriter out = new PrintWriter(events.toFile(), StandardCharsets.UTF_8)) {
            for (int i = 0; i < 100_000; i++) {
                out.println("""
                        {"type":"track","event":"Ad Clicked","messageId":"c%d","anonymousId":"flood","timestamp":"%s",\
                        "properties":{"merchant_id":"m","ad_id":"a"}}""".formatted(i, ten.plusMillis(i)));
            }
        }
        Path budgets = Files.writeString(
                folder.resolve("budgets.yaml"),
                "merchants: [{merchant_id: m, currency: EUR, time_zone: UTC, cpc: 0.10}]");

        Path found = batch(events, "burst", "--budgets", budgets.toString());

        JsonNode statement = only(found, "adspend.statements");
        assertThat(statement.get("clicks").asLong()).isEqualTo(100_000);
        assertThat(statement.get("invalid_clicks").asLong()).isEqualTo(99_999);
        assertThat(statement.get("billed_micros").asLong()).isEqualTo(100_000);
        assertThat(statement.get("invalid_micros").asLong()).isEqualTo(9_999_900_000L);
        assertThat(alerts(found))
                .contains("clicks repeated-clicks flood|a 100000.0", "clicks click-flood flood 100000.0");
        assertThat(lines(found, "fraud.visitor-verdicts")).hasSize(1);
    }

    private static String clicks(int count) {
        StringBuilder clicks = new StringBuilder();
        for (int i = 0; i < count; i++) {
            clicks.append("""
                    {"type":"track","event":"Ad Clicked","messageId":"c%d","anonymousId":"flood","timestamp":"2026-05-01T10:00:%02dZ",\
                    "properties":{"merchant_id":"m","ad_id":"a"}}
                    """.formatted(i, 10 + i));
        }
        return clicks.toString();
    }

    /** Shuffled lines, other partitions and threads: the same alerts and verdicts. And the made-up frauds are found. */
    @Test
    void whatIsFoundDependsOnTheEventsAlone() throws IOException {
        Traffic traffic = Traffic.from(TrafficSettings.builder()
                .start(Instant.parse("2026-05-01T09:00:00Z"))
                .rate(40)
                .duration(Duration.ofMinutes(4))
                .fraudShare(0.1)
                .dayCurve(false)
                .build());
        Map<String, FraudScheme> frauds = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (Iterator<Message<byte[]>> messages = traffic.segmentJson(); messages.hasNext(); ) {
            Message<byte[]> message = messages.next();
            lines.add(new String(message.value(), StandardCharsets.UTF_8).replace('\n', ' '));
            for (Label label : message.labels()) {
                label.fraud().ifPresent(scheme -> frauds.put(label.truth().eventId(), scheme));
            }
        }
        Path inOrder = Files.write(folder.resolve("in-order.ndjson"), lines);
        Collections.shuffle(lines, new Random(4));
        Path shuffled = Files.write(folder.resolve("shuffled.ndjson"), lines);

        Path first = batch(inOrder, "first");
        Path second = batch(shuffled, "second", "--partitions", "4", "--threads", "2");

        assertThat(verdicts(second)).isEqualTo(verdicts(first)).isNotEmpty();
        assertThat(alerts(second)).isEqualTo(alerts(first)).isNotEmpty();
        assertFound(first, frauds);
    }

    private void assertFound(Path out, Map<String, FraudScheme> frauds) {
        Set<String> invalid = lines(out, "fraud.verdicts").stream()
                .map(verdict -> verdict.get("event_id").asString())
                .collect(Collectors.toSet());
        Map<FraudScheme, Long> found = new EnumMap<>(FraudScheme.class);
        Map<FraudScheme, Long> all = new EnumMap<>(FraudScheme.class);
        for (JsonNode click : lines(out, "events.clicks")) {
            String id = click.get("event_id").asString();
            FraudScheme scheme = frauds.get(id);
            if (scheme != null) {
                all.merge(scheme, 1L, Long::sum);
                found.merge(scheme, invalid.contains(id) ? 1L : 0L, Long::sum);
            }
        }
        assertThat(found.get(FraudScheme.GHOST_CLICKS)).isEqualTo(all.get(FraudScheme.GHOST_CLICKS));
        assertThat(found.get(FraudScheme.INSTANT_CLICKS)).isEqualTo(all.get(FraudScheme.INSTANT_CLICKS));
        assertThat(found.get(FraudScheme.CLICK_FLOOD)).isGreaterThan(all.get(FraudScheme.CLICK_FLOOD) * 9 / 10);
        long honest = invalid.stream().filter(id -> !frauds.containsKey(id)).count();
        assertThat(honest).as("honest events that were judged").isLessThan(invalid.size() / 10);
    }

    private Path batch(Path events, String name, String... options) {
        Path out = folder.resolve(name);
        List<String> args = new ArrayList<>(List.of("batch", events.toString(), "--out", out.toString()));
        args.addAll(List.of(options));
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        assertThat(CommandLines.execute(terminal, args.toArray(String[]::new)))
                .as(err.toString())
                .isZero();
        return out;
    }

    /** Of each alert what stands of it in the end. */
    private static Set<String> alerts(Path out) {
        Set<String> alerts = new TreeSet<>();
        for (String route :
                List.of("clicks", "purchases", "integrity", "support", "app-health", "shadow", "unrouted")) {
            for (JsonNode alert : lines(out, "fraud.alerts." + route)) {
                if (alert.get("status").asString().equals("CLOSED")
                        && alert.get("measured").asDouble()
                                > alert.get("threshold").asDouble()) {
                    alerts.add(route + " " + alert.get("rule").asString() + " "
                            + alert.get("key").asString() + " "
                            + alert.get("measured").asDouble());
                }
            }
        }
        return alerts;
    }

    /** The last verdict of each rule on each event. */
    private static Map<String, String> verdicts(Path out) {
        Map<String, String> verdicts = last(out, "fraud.verdicts", "event_id");
        verdicts.putAll(last(out, "fraud.visitor-verdicts", "visitor_id"));
        return verdicts;
    }

    private static Map<String, String> last(Path out, String topic, String subject) {
        Map<String, String> verdicts = new HashMap<>();
        for (JsonNode verdict : lines(out, topic)) {
            // Different values are counted in tenths of a window as they come: of them the first to break is not the
            // same.
            if (!verdict.get("rule").asString().equals("merchant-sweep")) {
                verdicts.put(
                        verdict.get("rule").asString() + " "
                                + verdict.get(subject).asString(),
                        verdict.get("status").asString());
            }
        }
        return verdicts;
    }

    private static JsonNode only(Path out, String topic) {
        List<JsonNode> all = lines(out, topic);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<JsonNode> lines(Path out, String topic) {
        try {
            return Files.readAllLines(out.resolve(topic + ".ndjson")).stream()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
