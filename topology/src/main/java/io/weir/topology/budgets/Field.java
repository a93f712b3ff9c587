package io.weir.topology.budgets;

import java.util.Optional;

/**
 * A value of a file under its key.
 *
 * @param name the keys that lead to it, for its author
 * @param value {@link Value.Nothing} at the place of the mapping if the key is not there
 */
record Field(String name, Value value) {

    Position position() {
        return value.position();
    }

    /** Whether nothing is said: the key is not there, or its value is null. */
    boolean isNone() {
        return value instanceof Value.Nothing;
    }

    /** The value as it is written; empty if it is not a single value. */
    Optional<String> text() {
        return value instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    /** The value as a mapping. */
    Optional<Value.Mapping> mapping() {
        return value instanceof Value.Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }

    /** What is there, for a sentence that says what should be. */
    String found() {
        if (value instanceof Value.Text text) {
            return Excerpt.quoted(text.text());
        }
        if (value instanceof Value.Items list) {
            return list.items().isEmpty() ? "an empty list" : "a list";
        }
        return value instanceof Value.Mapping ? "a mapping" : "nothing";
    }
}
