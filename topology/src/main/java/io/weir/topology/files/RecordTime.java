package io.weir.topology.files;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The timestamp that the record of a recorded message gets: what the collector would have written. The first field that
 * is there and is a time wins; a message without one is taken to have come with the latest before it.
 */
public final class RecordTime {

    /** Earlier and later times are slips of a clock: one of them would move all that follow. */
    private static final long EARLIEST = Instant.parse("1971-01-01T00:00:00Z").toEpochMilli();

    private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    private final TopFields fields;
    private long largest = EARLIEST;

    /** @param fields names of fields at the top of the message, the one that is preferred first */
    public RecordTime(String... fields) {
        this.fields = new TopFields(fields);
    }

    /** Of messages as collectors write them for Segment's spec. */
    public static RecordTime ofSegment() {
        return new RecordTime("receivedAt", "timestamp");
    }

    /** The timestamp of the next message, milliseconds since the epoch, UTC, from 1971 to 2099. */
    public long next(byte[] message) {
        for (String field : fields.of(message)) {
            OptionalLong time = parse(field);
            if (time.isPresent() && time.getAsLong() >= EARLIEST && time.getAsLong() < LATEST) {
                largest = Math.max(largest, time.getAsLong());
                return time.getAsLong();
            }
        }
        return largest;
    }

    /** A time in ISO-8601, milliseconds since the epoch; empty if the text is null or none. */
    public static OptionalLong parse(String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
