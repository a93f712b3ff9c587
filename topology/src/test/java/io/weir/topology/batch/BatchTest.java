package io.weir.topology.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.Schemas;
import io.weir.topology.cli.CommandLines;
import io.weir.topology.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The batch command over the sample that ships with the project, and over input that is hard to keep in order. */
class BatchTest {

    private static final Path SAMPLE = Path.of("../samples/nasa-http-1995-08-01.ndjson.gz");
    private static final Path SESSIONS = Path.of("../samples/nasa-http-1995-08-01.sessions.csv.gz");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    @BeforeAll
    static void trustOurClasses() {
        Schemas.trust();
    }

    @Test
    void sessionsOfTheSampleAreThoseOfTheListRowByRow() throws IOException {
        Path out = batch(SAMPLE);

        assertThat(sessions(out)).isEqualTo(expectedSessions());
        assertThat(JSON.readTree(out.resolve("summary.json"))).isEqualTo(JSON.readTree("""
                                {"as_of": "1995-08-01T18:52:01.000Z",
                                 "sources": {"collector.batch": {
                                   "read": 30969, "accepted": {"page_view": 30969}, "late": 0,
                                   "duplicates": 0, "dead_letters": {}}},
                                 "later_dead_letters": {},
                                 "sessions": 2989,
                                 "statements": 0}
                                """));
        assertThat(out.resolve("intake.dead-letters.ndjson")).isEmptyFile();
        assertThat(Files.readAllLines(out.resolve("events.page-views.ndjson"))).hasSize(30_969);
    }

    @Test
    void everyLineTwiceMakesAsManyDuplicatesAndTheSameSessions() throws IOException {
        List<String> twice =
                lines(SAMPLE).stream().flatMap(line -> Stream.of(line, line)).toList();

        Path out = batch(write("twice.ndjson", twice));

        JsonNode counts = counts(out);
        assertThat(counts.get("read").asLong(0)).isEqualTo(61_938);
        assertThat(counts.get("duplicates").asLong(0)).isEqualTo(30_969);
        assertThat(sessions(out)).isEqualTo(expectedSessions());
    }

    @Test
    void shuffledLinesOnManyPartitionsAndThreadsMakeTheSameSessions() throws IOException {
        List<String> shuffled = new ArrayList<>(lines(SAMPLE));
        Collections.shuffle(shuffled, new Random(11));

        Path out = batch(write("shuffled.ndjson", shuffled), "--threads", "3", "--partitions", "8");

        assertThat(sessions(out)).isEqualTo(expectedSessions());
    }

    /** All events of a visitor at the same moments, of several kinds, so that only the order of topics sets them apart. */
    @Test
    void twoRunsAreByteIdenticalEvenWhereTimestampsAreEqual() throws IOException {
        Path file = write("ties.ndjson", eventsAtEqualTimes());

        Path first = batch(file);
        Path second = batch(file);

        assertThat(contents(second)).isEqualTo(contents(first));
        JsonNode counts = counts(first);
        assertThat(counts.get("accepted").propertyNames())
                .contains("page_view", "impression", "click", "purchase", "interaction");
        assertThat(counts.get("dead_letters").toString()).isEqualTo("{\"MALFORMED\":2}");
    }

    @Test
    void eventsThatTailPrintsCanBeReadAgain() throws IOException {
        Path first = batch(write("some.ndjson", lines(SAMPLE).subList(0, 500)));

        Path second = batch(first.resolve("events.page-views.ndjson"), "--format", "weir-json");

        assertThat(sessions(second)).isEqualTo(sessions(first));
        assertThat(counts(second).get("accepted").toString()).isEqualTo("{\"page_view\":500}");
    }

    private static List<String> eventsAtEqualTimes() {
        List<String> lines = new ArrayList<>();
        long start = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();
        String[] tracked = {"Ad Viewed", "Ad Clicked", "Order Completed", "Products Searched"};
        for (int i = 0; i < 400; i++) {
            String time = Instant.ofEpochMilli(start + i / 40 * 600_000L).toString();
            String common = "\"anonymousId\":\"v-%d\",\"timestamp\":\"%s\"".formatted(i % 10, time);
            lines.add(
                    "{\"type\":\"page\",\"messageId\":\"p-%d\",%s,\"context\":{\"page\":{\"url\":\"https://shop.example/%d\"}}}"
                            .formatted(i, common, i % 7));
            for (String event : tracked) {
                lines.add(("{\"type\":\"track\",\"event\":\"%s\",\"messageId\":\"%s-%d\",%s,\"properties\":{"
                                + "\"merchant_id\":\"m-1\",\"impression_id\":\"i-%d\",\"order_id\":\"o-%d\",\"revenue\":1.50,"
                                + "\"currency\":\"EUR\"}}")
                        .formatted(event, event.charAt(0) + event.substring(3, 5), i, common, i, i));
            }
        }
        lines.add(3, "{\"type\":");
        lines.add("not JSON");
        return lines;
    }

    private Path batch(Path file, String... options) {
        Path out = directory.resolve("out-" + file.getFileName() + "-" + System.nanoTime());
        List<String> args = new ArrayList<>(List.of("batch", file.toString(), "--out", out.toString()));
        args.addAll(List.of(options));
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        int exitCode = CommandLines.execute(terminal, args.toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        return out;
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(directory.resolve(name), lines);
    }

    private static JsonNode counts(Path out) {
        return JSON.readTree(out.resolve("summary.json")).get("sources").get("collector.batch");
    }

    /** Final sessions as visitor, start, end and events, in order. */
    private static List<String> sessions(Path out) throws IOException {
        Map<String, JsonNode> latest = new HashMap<>();
        for (String line : Files.readAllLines(out.resolve("sessions.ndjson"))) {
            JsonNode session = JSON.readTree(line);
            latest.merge(
                    session.get("session_id").asString(""),
                    session,
                    (one, other) ->
                            other.get("revision").asInt(0) > one.get("revision").asInt(0) ? other : one);
        }
        return latest.values().stream()
                .filter(session -> !session.get("status").asString("").equals("MERGED"))
                .map(session -> "\"%s\",%d,%d,%d"
                        .formatted(
                                session.get("visitor_id").asString(""),
                                millis(session.get("started_at")),
                                millis(session.get("last_event_at")),
                                session.get("event_count").asLong(0)))
                .sorted()
                .toList();
    }

    private static long millis(JsonNode time) {
        return Instant.parse(time.asString("")).toEpochMilli();
    }

    private static List<String> expectedSessions() throws IOException {
        return lines(SESSIONS).stream().skip(1).sorted().toList();
    }

    private static List<String> lines(Path gzip) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static Map<String, String> contents(Path out) throws IOException {
        Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
