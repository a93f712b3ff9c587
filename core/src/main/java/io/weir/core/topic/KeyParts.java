package io.weir.core.topic;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * Record keys that name more than one thing: {@code first|second}. A {@code |} or {@code %} inside a part is {@code %7C} or
 * {@code %25}, so that no two lists of parts have the same key.
 */
public final class KeyParts {

    private KeyParts() {}

    /** The key of these parts. */
    public static String join(String... parts) {
        StringJoiner key = new StringJoiner("|");
        for (String part : parts) {
            key.add(escaped(part));
        }
        return key.toString();
    }

    /** The parts that {@link #join} was given. */
    public static List<String> split(String key) {
        return Arrays.stream(key.split("\\|", -1)).map(KeyParts::plain).toList();
    }

    /** The first of the parts that {@link #join} was given. */
    public static String first(String key) {
        int border = key.indexOf('|');
        return plain(border < 0 ? key : key.substring(0, border));
    }

    /** The key of all parts but the last, of which there are at least two. */
    public static String withoutLast(String key) {
        return key.substring(0, key.lastIndexOf('|'));
    }

    private static String escaped(String part) {
        // Next to none has either: this is done several times for each event.
        return part.indexOf('%') < 0 && part.indexOf('|') < 0
                ? part
                : part.replace("%", "%25").replace("|", "%7C");
    }

    private static String plain(String part) {
        return part.replace("%7C", "|").replace("%25", "%");
    }
}
