package io.weir.core.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One setting: its key, its default, what it may be, and why it is there. A key with {@code [*]} is one of a list and is
 * read with {@link #at(int)}.
 *
 * @param key such as {@code weir.sessions.inactivity-gap}
 * @param fallback default as a user would write it; null if there is none, which makes the setting required wherever it
 *     is read with {@link Settings#get}
 * @param expected what it may be, unit and range, as in "a duration from 1s to 24h"
 * @param reason what it is for, and why the default is what it is
 * @param secret whether its value must not be shown
 * @param parser from text to value; throws {@link IllegalArgumentException} where the text is not what is expected
 * @param <T> type of the value
 */
public record Setting<T>(
        String key, String fallback, String expected, String reason, boolean secret, Function<String, T> parser) {

    /** A length of time such as {@code 30m}, {@code 72h}, {@code 7d}, {@code 250ms}. */
    public static Setting<Duration> duration(String key, String fallback, String least, String most, String reason) {
        Duration min = Durations.parse(least);
        Duration max = Durations.parse(most);
        return new Setting<>(
                key, fallback, "a duration such as 72h, from " + least + " to " + most, reason, false, text -> {
                    Duration value = Durations.parse(text);
                    check(value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
                    return value;
                });
    }

    /** A length of time from 0s, or {@code unlimited}, which is {@link Durations#UNLIMITED}. */
    public static Setting<Duration> durationOrUnlimited(String key, String fallback, String most, String reason) {
        Setting<Duration> limited = duration(key, fallback, "0s", most, reason);
        return new Setting<>(
                key,
                fallback,
                limited.expected() + ", or unlimited",
                reason,
                false,
                text -> "unlimited".equals(text)
                        ? Durations.UNLIMITED
                        : limited.parser().apply(text));
    }

    /** A whole number. */
    public static Setting<Integer> integer(String key, String fallback, int least, int most, String reason) {
        return new Setting<>(key, fallback, "a whole number from " + least + " to " + most, reason, false, text -> {
            int value = Integer.parseInt(text);
            check(value >= least && value <= most);
            return value;
        });
    }

    /** A number with a fraction, such as a percentage. */
    public static Setting<Double> number(String key, String fallback, double least, double most, String reason) {
        return new Setting<>(key, fallback, "a number from " + least + " to " + most, reason, false, text -> {
            double value = Double.parseDouble(text);
            check(value >= least && value <= most);
            return value;
        });
    }

    /** An amount of memory or disk such as {@code 256MiB}. */
    public static Setting<Long> bytes(String key, String fallback, String least, String most, String reason) {
        long min = ByteSizes.parse(least);
        long max = ByteSizes.parse(most);
        return new Setting<>(
                key, fallback, "a size such as 256MiB, from " + least + " to " + most, reason, false, text -> {
                    long value = ByteSizes.parse(text);
                    check(value >= min && value <= max);
                    return value;
                });
    }

    /** True or false. */
    public static Setting<Boolean> flag(String key, String fallback, String reason) {
        return new Setting<>(key, fallback, "true or false", reason, false, text -> {
            check("true".equals(text) || "false".equals(text));
            return Boolean.valueOf(text);
        });
    }

    /** One of the constants of an enum, written in lower case with hyphens. */
    public static <E extends Enum<E>> Setting<E> choice(String key, Class<E> type, String fallback, String reason) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        String all = constants.stream().map(Setting::written).collect(Collectors.joining(", "));
        return new Setting<>(
                key,
                fallback,
                "one of " + all,
                reason,
                false,
                text -> constants.stream()
                        .filter(constant -> written(constant).equals(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new));
    }

    /** Any text that is not empty. */
    public static Setting<String> text(String key, String fallback, String expected, String reason) {
        return new Setting<>(key, fallback, expected, reason, false, text -> {
            check(!text.isBlank());
            return text;
        });
    }

    /** A comma-separated list; empty entries are left out. */
    public static Setting<List<String>> list(String key, String fallback, String expected, String reason) {
        return new Setting<>(
                key,
                fallback,
                expected,
                reason,
                false,
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(entry -> !entry.isEmpty())
                        .toList());
    }

    /** The same setting, whose value is never shown. */
    public Setting<T> asSecret() {
        return new Setting<>(key, fallback, expected, reason, true, parser);
    }

    /** The setting of the n-th entry of a list, counted from 0. */
    public Setting<T> at(int index) {
        return new Setting<>(key.replace("[*]", "[" + index + "]"), fallback, expected, reason, secret, parser);
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}
