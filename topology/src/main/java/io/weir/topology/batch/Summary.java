package io.weir.topology.batch;

import io.weir.topology.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a batch did. It holds nothing that depends on the machine, so that two runs of the same input are equal.
 *
 * @param asOf the largest event time
 * @param sources what became of the messages, by raw topic
 * @param laterDeadLetters records that a feature after intake had to refuse, by reason
 * @param sessions final sessions, merged ones not among them
 * @param statements days of merchants
 */
public record Summary(
        Instant asOf,
        SortedMap<String, SourceCounts> sources,
        SortedMap<String, Long> laterDeadLetters,
        long sessions,
        long statements) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** The first source whose events do not add up, which would be a fault of Weir. */
    public Optional<String> unbalanced() {
        return sources.entrySet().stream()
                .filter(source -> !source.getValue().balanced())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Events read from all sources. */
    long read() {
        return sources.values().stream().mapToLong(SourceCounts::read).sum();
    }

    /** Events accepted of all sources. */
    long accepted() {
        return sources.values().stream()
                .mapToLong(counts -> SourceCounts.sum(counts.accepted()))
                .sum();
    }

    /** Writes it as JSON. */
    void writeTo(Path file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "as_of",
                new DateTimeFormatterBuilder().appendInstant(3).toFormatter().format(asOf));
        Map<String, Object> bySource = new LinkedHashMap<>();
        sources.forEach((name, counts) -> bySource.put(name, json(counts)));
        json.put("sources", bySource);
        json.put("later_dead_letters", laterDeadLetters);
        json.put("sessions", sessions);
        json.put("statements", statements);
        JSON.writeValue(file, json);
    }

    /**
     * Shows it to a person.
     *
     * @param eventsPerSecond by feature
     * @param out where the files are
     */
    public void print(Terminal terminal, Map<String, Long> eventsPerSecond, Path out) {
        PrintWriter writer = terminal.out();
        sources.forEach((name, counts) -> {
            writer.println(name);
            row(writer, "read", counts.read(), "");
            row(writer, "accepted", SourceCounts.sum(counts.accepted()), each(counts.accepted()));
            row(writer, "late", counts.late(), counts.late() == 0 ? "" : "among the accepted");
            row(writer, "duplicates", counts.duplicates(), "");
            row(writer, "dead letters", SourceCounts.sum(counts.deadLetters()), each(counts.deadLetters()));
        });
        if (!laterDeadLetters.isEmpty()) {
            row(writer, "refused later", SourceCounts.sum(laterDeadLetters), each(laterDeadLetters));
        }
        writer.println("results");
        row(writer, "sessions", sessions, "");
        row(writer, "statements", statements, "");
        writer.println("events/s");
        eventsPerSecond.forEach((feature, rate) -> row(writer, feature, rate, ""));
        writer.println("files in " + out);
        writer.flush();
    }

    private static Map<String, Object> json(SourceCounts counts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("read", counts.read());
        json.put("accepted", counts.accepted());
        json.put("late", counts.late());
        json.put("duplicates", counts.duplicates());
        json.put("dead_letters", counts.deadLetters());
        return json;
    }

    private static void row(PrintWriter writer, String what, long count, String details) {
        writer.println("  %-14s%12s   %s"
                .formatted(what, Terminal.grouped(count), details)
                .stripTrailing());
    }

    private static String each(SortedMap<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + Terminal.grouped(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
