package io.weir.topology.backtest;

import io.weir.topology.files.FileException;
import io.weir.topology.files.InputFile;
import io.weir.topology.files.LineReader;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What recorded events were made to be, as a file says it that the rules never see; counted against what rules found. */
final class Labels {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> FIELDS = List.of("event_id", "kind", "visitor_id", "made");
    /** What is no fraud. */
    private static final String HONEST = "HONEST";

    private static final Count NONE = new Count(0, 0, 0);

    private final SortedMap<Label, Count> byLabel = new TreeMap<>();

    /**
     * What an event is.
     *
     * @param kind of event
     * @param made what it was made to be
     */
    record Label(String kind, String made) implements Comparable<Label> {

        boolean isHonest() {
            return made.equals(HONEST);
        }

        @Override
        public int compareTo(Label other) {
            int byKind = kind.compareTo(other.kind);
            return byKind == 0 ? made.compareTo(other.made) : byKind;
        }
    }

    /**
     * So many events, and how many of them each set of rules found.
     *
     * @param events of a label
     * @param today found by today's rules
     * @param candidate found by the candidate's
     */
    record Count(long events, long today, long candidate) {

        Count plus(Count other) {
            return new Count(events + other.events, today + other.today, candidate + other.candidate);
        }
    }

    /**
     * Events of a kind.
     *
     * @param fraud that are to be found
     * @param honest that are not
     */
    record Counts(Count fraud, Count honest) {

        long ofFraud(ToLongFunction<Count> part) {
            return part.applyAsLong(fraud);
        }

        long of(ToLongFunction<Count> part) {
            return part.applyAsLong(fraud) + part.applyAsLong(honest);
        }

        private Counts plus(Counts other) {
            return new Counts(fraud.plus(other.fraud), honest.plus(other.honest));
        }
    }

    /**
     * Looks at a file of labels, before anything long begins.
     *
     * @throws FileException if it cannot be read, or a line is none
     */
    static void check(Path path) {
        read(path, label -> {});
    }

    /** Counts the labels of a file against what was found. */
    static Labels read(Path path, RuleEffect today, RuleEffect candidate) {
        Labels labels = new Labels();
        read(path, label -> labels.add(label, today, candidate));
        return labels;
    }

    private static void read(Path path, Consumer<JsonNode> label) {
        long number = 0;
        try (LineReader lines = InputFile.of(List.of(path)).get(0).open(new AtomicLong())) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                number++;
                label.accept(parse(path, number, line));
            }
        }
    }

    private static JsonNode parse(Path path, long number, byte... line) {
        try {
            JsonNode label = JSON.readTree(line);
            if (FIELDS.stream().allMatch(field -> label.path(field).isString())) {
                return label;
            }
        } catch (JacksonException e) {
            // Said below, as of a line that is JSON and no label.
        }
        throw new FileException(path + ":" + number + ": expected a label with " + String.join(", ", FIELDS));
    }

    private void add(JsonNode line, RuleEffect today, RuleEffect candidate) {
        String event = line.get("event_id").asString();
        String visitor = line.get("visitor_id").asString();
        byLabel.merge(
                new Label(line.get("kind").asString(), line.get("made").asString()),
                new Count(1, today.found(event, visitor) ? 1 : 0, candidate.found(event, visitor) ? 1 : 0),
                Count::plus);
    }

    /** By kind of event and what it was made to be. */
    SortedMap<Label, Count> byLabel() {
        return byLabel;
    }

    /** By kind of event. */
    SortedMap<String, Counts> byKind() {
        SortedMap<String, Counts> kinds = new TreeMap<>();
        byLabel.forEach((label, count) -> kinds.merge(
                label.kind(), label.isHonest() ? new Counts(NONE, count) : new Counts(count, NONE), Counts::plus));
        return kinds;
    }
}
