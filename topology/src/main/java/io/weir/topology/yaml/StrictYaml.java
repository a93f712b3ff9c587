package io.weir.topology.yaml;

import io.weir.topology.yaml.Value.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML in which everything is what it looks like and where it looks like: one document, no anchors and aliases, no tags.
 * Read from SnakeYAML's events, which have the text as it was written, with line and column: its nodes have them too, but
 * a file of 16 MiB does not fit into a small heap as nodes, and an alias there already stands for something else.
 */
final class StrictYaml {

    /** No file that is read is more than six levels deep; the rest is room to say what is wrong with one that is. */
    private static final int DEEPEST = 20;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final String STANDARD_TAGS = "tag:yaml.org,2002:";

    private final Parser parser;
    private final String expected;
    private final Problems problems;

    private StrictYaml(Parser parser, String expected, Problems problems) {
        this.parser = parser;
        this.expected = expected;
        this.problems = problems;
    }

    /**
     * Reads the first document.
     *
     * @param expected what it should be, for the author of an empty file
     * @param problems where is noted what is not allowed
     * @throws YamlFileException if the text is such that it cannot be read, or empty
     */
    static Value read(String text, String expected, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        // How large a file may be was decided before.
        options.setCodePointLimit(Integer.MAX_VALUE);
        StreamReader reader = new StreamReader(text);
        try {
            return new StrictYaml(new ParserImpl(reader, options), expected, problems).document();
        } catch (MarkedYAMLException e) {
            String problem = e.getProblem().strip().replaceAll("\\s*\\R\\s*", " ");
            throw problems.with(Position.of(e.getProblemMark()), "expected YAML, found a syntax error: " + problem);
        } catch (YAMLException e) {
            // In some places the scanner does not say where.
            throw problems.with(position(reader), "expected YAML, found a syntax error: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            // The scanner does not check what an escape stands for.
            throw problems.with(position(reader), "expected YAML, found the escape of a character that does not exist");
        }
    }

    private static Position position(StreamReader reader) {
        return new Position(reader.getLine() + 1, reader.getColumn() + 1);
    }

    private Value document() {
        take(Event.ID.StreamStart);
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            throw problems.with(Position.START, "expected " + expected + ", found an empty file");
        }
        take(Event.ID.DocumentStart);
        Value root = value(0);
        take(Event.ID.DocumentEnd);
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            problems.add(position(parser.peekEvent()), "expected one document, found a second");
        }
        return root;
    }

    private Value value(int depth) {
        NodeEvent event = (NodeEvent) parser.getEvent();
        Position position = position(event);
        if (event instanceof CollectionStartEvent && depth == DEEPEST) {
            throw problems.with(position, "expected lists and mappings at most " + DEEPEST + " deep, found deeper");
        }
        check(event, position);
        if (event instanceof AliasEvent) {
            return new Value.Refused(position);
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar.isPlain() && NULLS.contains(scalar.getValue())
                    ? new Value.Nothing(position)
                    : new Value.Text(position, scalar.getValue());
        }
        return event instanceof SequenceStartEvent
                ? new Value.Items(position, items(depth + 1))
                : new Value.Mapping(position, entries(depth + 1));
    }

    private List<Value> items(int depth) {
        List<Value> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(value(depth));
        }
        take(Event.ID.SequenceEnd);
        return items;
    }

    private List<Entry> entries(int depth) {
        List<Entry> entries = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            entries.add(new Entry(value(depth), value(depth)));
        }
        take(Event.ID.MappingEnd);
        return entries;
    }

    private void check(NodeEvent event, Position position) {
        if (event instanceof AliasEvent) {
            problems.add(position, "expected the value itself, found the alias *" + Excerpt.of(event.getAnchor()));
        } else if (event.getAnchor() != null) {
            problems.add(position, "expected a value without anchor, found &" + Excerpt.of(event.getAnchor()));
        }
        String tag = tag(event);
        if (tag != null) {
            problems.add(position, "expected a value without tag, found " + written(tag));
        }
    }

    private static String tag(NodeEvent event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
    }

    private static String written(String tag) {
        if (tag.startsWith(STANDARD_TAGS)) {
            return "!!" + Excerpt.of(tag.substring(STANDARD_TAGS.length()));
        }
        return tag.startsWith("!") ? Excerpt.of(tag) : "!<" + Excerpt.of(tag) + ">";
    }

    private void take(Event.ID expected) {
        Event event = parser.getEvent();
        if (!event.is(expected)) {
            throw new IllegalStateException("expected " + expected + ", found " + event);
        }
    }

    private static Position position(Event event) {
        return Position.of(event.getStartMark());
    }
}
