package io.weir.topology.yaml;

import java.util.Optional;
import java.util.function.Function;

/**
 * A value of a file under its key.
 *
 * @param name the keys that lead to it, for its author
 * @param value {@link Value.Nothing} at the place of the mapping if the key is not there
 */
public record Field(String name, Value value) {

    /** Where it begins; the place of the mapping if the key is not there. */
    public Position position() {
        return value.position();
    }

    /** Whether nothing is said: the key is not there, or its value is null. */
    public boolean isNone() {
        return value instanceof Value.Nothing;
    }

    /** What is read of it if anything is said; else nothing, which is no problem then. */
    public <T> Optional<T> ifGiven(Function<Field, Optional<T>> read) {
        return isNone() ? Optional.empty() : read.apply(this);
    }

    /** The value as it is written; empty if it is not a single value. */
    public Optional<String> text() {
        return value instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    /** The value as a mapping. */
    public Optional<Value.Mapping> mapping() {
        return value instanceof Value.Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }

    /** What is there, for a sentence that says what should be. */
    public String found() {
        if (value instanceof Value.Text text) {
            return Excerpt.quoted(text.text());
        }
        if (value instanceof Value.Items list) {
            return list.items().isEmpty() ? "an empty list" : "a list";
        }
        return value instanceof Value.Mapping ? "a mapping" : "nothing";
    }
}
