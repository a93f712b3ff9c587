package io.weir.traffic;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** ISO-8601 in UTC with millis, such as {@code 2026-01-05T08:00:00.000Z}: the years 1 to 9999. */
final class IsoTime {
    private static final long DAY = 86_400_000;

    private IsoTime() {}

    static String format(long millis) {
        long days = Math.floorDiv(millis, DAY);
        int inDay = (int) (millis - days * DAY);
        LocalDate date = LocalDate.ofEpochDay(days);
        byte[] text = new byte[24];
        digits(text, 0, 4, date.getYear());
        text[4] = '-';
        digits(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, inDay / 3_600_000);
        text[13] = ':';
        digits(text, 14, 2, inDay / 60_000 % 60);
        text[16] = ':';
        digits(text, 17, 2, inDay / 1_000 % 60);
        text[19] = '.';
        digits(text, 20, 3, inDay % 1_000);
        text[23] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] text, int offset, int count, int value) {
        int rest = value;
        for (int i = offset + count - 1; i >= offset; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
