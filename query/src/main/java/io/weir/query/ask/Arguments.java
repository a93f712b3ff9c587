package io.weir.query.ask;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a question is about, by name: texts, since they go from process to process. Immutable. */
public record Arguments(Map<String, String> values) {

    /** Copies the map. */
    public Arguments {
        values = Map.copyOf(values);
    }

    /** None. */
    public static Arguments none() {
        return new Arguments(Map.of());
    }

    /** These and another one. */
    public Arguments with(String name, String value) {
        Map<String, String> all = new TreeMap<>(values);
        all.put(name, value);
        return new Arguments(all);
    }

    /** These and another one. */
    public Arguments with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException if it is missing
     */
    public String text(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("the argument " + name + " is missing"));
    }

    /** The one of that name as a number; see {@link #text}. */
    public long number(String name) {
        return Long.parseLong(text(name));
    }

    /** The one of that name, if it is there. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
