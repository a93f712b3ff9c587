package io.weir.topology.yaml;

import java.util.List;

/** What a YAML file says at one place. Single values are kept as the text that was written, whatever YAML takes them for. */
public sealed interface Value {

    /** Where it begins. */
    Position position();

    /** A single value. */
    record Text(Position position, String text) implements Value {}

    /** A list. */
    record Items(Position position, List<Value> items) implements Value {}

    /** A mapping, with all of its entries in their order, also those that have the same key. */
    record Mapping(Position position, List<Entry> entries) implements Value {}

    /** Null, or nothing at all. */
    record Nothing(Position position) implements Value {}

    /** An alias: a problem that was noted, and in whose place nothing is expected. */
    record Refused(Position position) implements Value {}

    /** A key and what it leads to. */
    record Entry(Value key, Value value) {}
}
