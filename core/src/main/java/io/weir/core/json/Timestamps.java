package io.weir.core.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as Weir prints them: ISO-8601, UTC, always three digits of milliseconds. */
public final class Timestamps {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** Such as {@code 1995-08-01T06:00:00.000Z}. */
    public static String format(long millis) {
        return FORMAT.format(Instant.ofEpochMilli(millis));
    }
}
