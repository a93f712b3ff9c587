package io.weir.sessionizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.weir.core.time.StreamClock;
import io.weir.schemas.Event;
import io.weir.schemas.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A day of NASA's web server: 30 969 requests of 2 365 hosts in 2 989 sessions, which somebody else has counted. */
class NasaLogTest {

    private static final Path DATA = Path.of("../../shared/data");
    private static final Path LOG = DATA.resolve("nasa-http-1995-08-01.ndjson.gz");
    private static final Path KNOWN = DATA.resolve("nasa-http-1995-08-01.sessions.csv.gz");

    private static final Pattern MESSAGE = Pattern.compile("\"messageId\":\"([^\"]*)\",\"anonymousId\":\"([^\"]*)\","
            + "\"timestamp\":\"([^\"]*)\".*\"path\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    @Test
    void sessionsOfTheLogAreThoseKnown() throws IOException {
        assumeData();

        assertThat(sessions(events())).containsExactlyInAnyOrderElementsOf(known());
    }

    @Test
    void linesInAnyOrderMakeTheSameSessions() throws IOException {
        assumeData();
        List<Event> shuffled = new ArrayList<>(events());
        Collections.shuffle(shuffled, new Random(1995));

        assertThat(sessions(shuffled)).containsExactlyInAnyOrderElementsOf(known());
    }

    private static void assumeData() {
        assumeThat(LOG).as("the recorded log, beside the checkout").exists();
    }

    /** Visitor, start, end, number of events; as the known sessions are written. */
    private static List<String> sessions(List<Event> events) {
        ProcessorHarness weir =
                new ProcessorHarness(Map.of("weir.sessions.lateness", "unlimited", "weir.sessions.journeys", "false"));
        weir.clock.enter(StreamClock.Phase.HELD);
        weir.restart();
        events.forEach(weir::add);
        weir.clock.enter(StreamClock.Phase.ENDED);
        weir.tick();
        weir.tick();
        assertThat(weir.clock.isSettled()).isTrue();
        return weir.sessions().stream()
                .filter(session -> session.getCloseCause() != null)
                .map(NasaLogTest::row)
                .toList();
    }

    private static String row(Session session) {
        return "\"" + session.getVisitorId() + "\"," + session.getStartedAt().toEpochMilli() + ","
                + session.getLastEventAt().toEpochMilli() + "," + session.getEventCount();
    }

    private static List<Event> events() throws IOException {
        return lines(LOG).stream().map(NasaLogTest::event).toList();
    }

    private static Event event(String line) {
        Matcher message = MESSAGE.matcher(line);
        assertThat(message.find()).as(line).isTrue();
        return EventBuilder.pageView(message.group(4))
                .at(Instant.parse(message.group(3)).toEpochMilli())
                .id(message.group(1))
                .visitor(message.group(2))
                .build();
    }

    private static List<String> known() throws IOException {
        List<String> rows = lines(KNOWN);
        return rows.subList(1, rows.size());
    }

    private static List<String> lines(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
