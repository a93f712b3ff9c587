package io.weir.intake.admission.validation;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/** ISO-8601 timestamps with an offset; what is finer than a millisecond is cut off. */
public final class Timestamps {

    private static final int LENGTH_TO_SECONDS = 19;
    private static final int DAYS_0000_TO_1970 = 719_528;
    private static final long MILLIS_PER_MINUTE = 60_000L;
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final int[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int INVALID = -1;

    private Timestamps() {}

    /**
     * Reads a timestamp such as {@code 2026-03-01T12:00:00.123Z} or {@code 2026-03-01T14:00:00+02:00}.
     *
     * @return millis since the epoch, UTC; empty if it is not one
     */
    public static OptionalLong parse(String text) {
        long fast = parseUtc(text);
        return fast != Long.MIN_VALUE ? OptionalLong.of(fast) : parseAny(text);
    }

    /** Nearly everything: seconds, perhaps a fraction, and Z. */
    private static long parseUtc(String text) {
        int length = text.length();
        if (length <= LENGTH_TO_SECONDS || text.charAt(length - 1) != 'Z' || !hasSeparators(text)) {
            return Long.MIN_VALUE;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, LENGTH_TO_SECONDS);
        int millis = fraction(text, LENGTH_TO_SECONDS, length - 1);
        boolean valid = year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= daysIn(year, month)
                && hour >= 0
                && hour < 24
                && minute >= 0
                && minute < 60
                && second >= 0
                && second < 60
                && millis >= 0;
        if (!valid) {
            return Long.MIN_VALUE;
        }
        return epochDay(year, month, day) * MILLIS_PER_DAY
                + (hour * 60L + minute) * MILLIS_PER_MINUTE
                + second * 1_000L
                + millis;
    }

    /** Any offset, by the JDK; a space or a small t between date and time is put right. */
    private static OptionalLong parseAny(String text) {
        if (text.length() <= LENGTH_TO_SECONDS - 3 || text.length() > 40) {
            return OptionalLong.empty();
        }
        try {
            String normal = text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
            return OptionalLong.of(
                    OffsetDateTime.parse(withColonInOffset(normal)).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** {@code +0200} as {@code +02:00}. */
    private static String withColonInOffset(String text) {
        int sign = text.length() - 5;
        boolean basic = (text.charAt(sign) == '+' || text.charAt(sign) == '-') && number(text, sign + 1, sign + 5) >= 0;
        return basic ? text.substring(0, sign + 3) + ":" + text.substring(sign + 3) : text;
    }

    private static boolean hasSeparators(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return INVALID;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Millis of a fraction with its point; none is 0. */
    private static int fraction(String text, int from, int to) {
        if (from == to) {
            return 0;
        }
        int digits = to - from - 1;
        if (text.charAt(from) != '.' || digits < 1 || digits > 9) {
            return INVALID;
        }
        int read = number(text, from + 1, from + 1 + Math.min(digits, 3));
        int rest = digits > 3 ? number(text, from + 4, to) : 0;
        if (read < 0 || rest < 0) {
            return INVALID;
        }
        return digits == 1 ? read * 100 : digits == 2 ? read * 10 : read;
    }

    private static int daysIn(int year, int month) {
        boolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        return month == 2 && leap ? 29 : DAYS_IN_MONTH[month - 1];
    }

    /** As in {@link java.time.LocalDate#toEpochDay()}, without the object. */
    private static long epochDay(int year, int month, int day) {
        long days = 365L * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
        days += (367L * month - 362) / 12 + day - 1;
        if (month > 2) {
            days -= daysIn(year, 2) == 29 ? 1 : 2;
        }
        return days - DAYS_0000_TO_1970;
    }
}
