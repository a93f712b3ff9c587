package io.weir.topology.yaml;

import io.weir.core.settings.EditDistance;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a mapping, each of which must be a single value and there once. */
public final class Entries {

    private final Value.Mapping mapping;
    private final String within;
    private final Problems problems;
    private final Map<String, Value.Entry> byKey = new LinkedHashMap<>();

    private Entries(Value.Mapping mapping, String within, Problems problems) {
        this.mapping = mapping;
        this.within = within;
        this.problems = problems;
    }

    /**
     * A mapping with any keys.
     *
     * @param within the keys that lead to it; empty if there are none
     */
    public static Entries of(Value.Mapping mapping, String within, Problems problems) {
        Entries entries = new Entries(mapping, within, problems);
        mapping.entries().forEach(entries::add);
        return entries;
    }

    /**
     * A mapping that can have just these keys.
     *
     * @param within the keys that lead to it; empty if there are none
     */
    public static Entries of(Value.Mapping mapping, String within, List<String> known, Problems problems) {
        Entries entries = of(mapping, within, problems);
        entries.byKey.forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(
                        entry.key().position(), entries.name(key) + ": there is no such key; " + instead(key, known));
            }
        });
        return entries;
    }

    /** The keys, in the order of the file. */
    public Iterable<String> keys() {
        return byKey.keySet();
    }

    /** A key that is there, as something that may itself be wrong. */
    public Field key(String key) {
        return new Field(name(key), byKey.get(key).key());
    }

    /** The value of a key, which need not be there. */
    public Field get(String key) {
        Value.Entry entry = byKey.get(key);
        return new Field(name(key), entry == null ? new Value.Nothing(mapping.position()) : entry.value());
    }

    private void add(Value.Entry entry) {
        Position position = entry.key().position();
        if (entry.key() instanceof Value.Text key) {
            Value.Entry first = byKey.putIfAbsent(key.text(), entry);
            if (first != null) {
                int line = first.key().position().line();
                problems.add(position, name(key.text()) + ": expected once, found again (first in line " + line + ")");
            }
        } else if (!(entry.key() instanceof Value.Refused)) {
            String where = within.isEmpty() ? "" : within + ": ";
            String found = new Field(within, entry.key()).found();
            problems.add(position, where + "expected a key that is a text, found " + found);
        }
    }

    private String name(String key) {
        String shown = key.isEmpty() ? Excerpt.quoted(key) : Excerpt.of(key);
        return within.isEmpty() ? shown : within + "." + shown;
    }

    private static String instead(String key, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(each -> EditDistance.between(key, each)))
                .filter(nearest -> isNear(key, nearest))
                .map(nearest -> "did you mean " + nearest + "?")
                .orElseGet(() -> "expected " + (known.size() == 1 ? "" : "one of ") + String.join(", ", known));
    }

    /** Half of the letters right: the keys are few and unlike each other. */
    private static boolean isNear(String key, String known) {
        return EditDistance.between(key, known) <= Math.max(1, Math.min(key.length(), known.length()) / 2);
    }
}
