package io.weir.query.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A parameter of an endpoint.
 *
 * @param name in the path or the query
 * @param in where it stands
 * @param description for readers of the document
 * @param expected completes "expected …" in a problem
 * @param schema of its text, as JSON Schema has it
 * @param fallback its text where it is left out; null where it must not be, or stays away
 * @param parse reads its text; throws {@link IllegalArgumentException} if that is wrong
 */
public record Parameter<T>(
        String name,
        In in,
        String description,
        String expected,
        Map<String, Object> schema,
        String fallback,
        Function<String, T> parse) {

    /** Longest text of a parameter: ids of collectors are at most a few hundred characters. */
    private static final int LONGEST = 1_024;

    /** Event times are within these, see intake. */
    private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    /** Where a parameter stands. */
    public enum In {
        PATH,
        QUERY
    }

    /** An id in the path. */
    public static Parameter<String> id(String name, String description) {
        return new Parameter<>(
                name,
                In.PATH,
                description,
                "1 to " + LONGEST + " characters",
                Map.of("type", "string", "minLength", 1, "maxLength", LONGEST),
                null,
                Parameter::bounded);
    }

    /** A text in the query that may be left out. */
    public static Parameter<String> text(String name, String description) {
        return new Parameter<>(
                name,
                In.QUERY,
                description,
                "1 to " + LONGEST + " characters",
                Map.of("type", "string", "minLength", 1, "maxLength", LONGEST),
                null,
                Parameter::bounded);
    }

    /** A time that may be left out. */
    public static Parameter<Instant> time(String name, String description) {
        return new Parameter<>(
                name,
                In.QUERY,
                description,
                "a time such as 2026-05-01T10:00:00Z, from 1971 to 2100",
                Map.of("type", "string", "format", "date-time"),
                null,
                Parameter::parseTime);
    }

    /** A time as ClickHouse writes it, UTC, that may be left out. */
    public static Parameter<Instant> dateTime(String name, String description) {
        return new Parameter<>(
                name,
                In.QUERY,
                description,
                "a time such as 2026-05-01 10:00:00, UTC, from 1971 to 2100",
                Map.of("type", "string"),
                null,
                text -> parseTime(text.replace(' ', 'T') + "Z"));
    }

    /** A day that may be left out. */
    public static Parameter<LocalDate> day(String name, String description) {
        return new Parameter<>(
                name,
                In.QUERY,
                description,
                "a day such as 2026-05-01",
                Map.of("type", "string", "format", "date"),
                null,
                text -> checked(() -> LocalDate.parse(text)));
    }

    /** How many at most: 100 if not said, never more than 1 000. */
    public static Parameter<Integer> limit() {
        return limit(100);
    }

    /** How many at most, and how many if not said: never more than 1 000. */
    public static Parameter<Integer> limit(int fallback) {
        return new Parameter<>(
                "limit",
                In.QUERY,
                "How many at most.",
                "a whole number from 1 to 1000",
                Map.of("type", "integer", "minimum", 1, "maximum", 1_000, "default", fallback),
                Integer.toString(fallback),
                text -> {
                    int number = Integer.parseInt(text);
                    if (number < 1 || number > 1_000) {
                        throw new IllegalArgumentException(text);
                    }
                    return number;
                });
    }

    /** Where to go on; as {@code next_cursor} of the page before had it. */
    public static Parameter<Cursor> cursor() {
        return new Parameter<>(
                "cursor",
                In.QUERY,
                "Where to go on: next_cursor of the page before.",
                "what next_cursor of the page before said",
                Map.of("type", "string"),
                null,
                Cursor::parse);
    }

    /** One of some words, in any case. */
    public static <E extends Enum<E>> Parameter<E> choice(String name, Class<E> type, String description) {
        return choice(name, Arrays.asList(type.getEnumConstants()), description);
    }

    /** One of these words, in any case. */
    public static <E extends Enum<E>> Parameter<E> choice(String name, List<E> choices, String description) {
        Map<String, E> byWord = new LinkedHashMap<>();
        choices.forEach(choice -> byWord.put(choice.name().toLowerCase(Locale.ROOT), choice));
        List<String> words = List.copyOf(byWord.keySet());
        return new Parameter<>(
                name,
                In.QUERY,
                description,
                "one of " + String.join(", ", words),
                Map.of("type", "string", "enum", words),
                null,
                text -> Optional.ofNullable(byWord.get(text.toLowerCase(Locale.ROOT)))
                        .orElseThrow(() -> new IllegalArgumentException(text)));
    }

    private static String bounded(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static Instant parseTime(String text) {
        Instant time = checked(() -> Instant.parse(text));
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException(text);
        }
        return time;
    }

    private static <T> T checked(Supplier<T> parsing) {
        try {
            return parsing.get();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
