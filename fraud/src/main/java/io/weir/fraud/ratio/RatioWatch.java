package io.weir.fraud.ratio;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of a key of a rule on ratios: its hours, and what was said of those on which there was no last word. Mutable.
 *
 * <pre>
 * 1 byte   layout, 1
 * signed   when it is looked at next, millis; 0 for never
 * signed   the first hour on which there was no last word
 * varint   hours that have an alert, and each: signed hour, 8 bytes ratio that was said (bits of a double), signed when it may be
 *          said next (millis)
 * the hours
 * </pre>
 */
final class RatioWatch {

    private static final int LAYOUT = 1;

    private final SortedMap<Long, Said> said = new TreeMap<>();
    private Hours hours = new Hours();
    private long lookAt;
    private long firstOpen = Long.MIN_VALUE;

    /**
     * An alert that is open.
     *
     * @param ratio that was said
     * @param nextAt when it may be said next, milliseconds UTC
     */
    record Said(double ratio, long nextAt) {}

    /** Its hours and those that are over, for another version of the rule: open alerts stay with this one. Not to be used afterwards. */
    RatioWatch withoutAlerts() {
        RatioWatch other = new RatioWatch();
        other.hours = hours;
        other.firstOpen = firstOpen;
        return other;
    }

    Hours hours() {
        return hours;
    }

    /** Open alerts by their hour. */
    SortedMap<Long, Said> said() {
        return said;
    }

    long lookAt() {
        return lookAt;
    }

    void lookAt(long due) {
        lookAt = due;
    }

    /** Whether there was a last word on an hour. */
    boolean isOver(long hour) {
        return hour < firstOpen;
    }

    /** There was a last word on all hours before one. */
    void over(long before) {
        firstOpen = Math.max(firstOpen, before);
    }

    byte[] encode(ByteWriter out) {
        out.put(LAYOUT).signed(lookAt).signed(firstOpen).varint(said.size());
        said.forEach((hour, one) ->
                out.signed(hour).fixed(Double.doubleToLongBits(one.ratio())).signed(one.nextAt()));
        hours.write(out);
        return out.take();
    }

    static RatioWatch decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.next() != LAYOUT) {
            throw new IllegalStateException("The ratios of a key were written by a newer build; run that build.");
        }
        RatioWatch watch = new RatioWatch();
        watch.lookAt = in.signed();
        watch.firstOpen = in.signed();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            watch.said.put(in.signed(), new Said(Double.longBitsToDouble(in.fixed()), in.signed()));
        }
        watch.hours = Hours.read(in);
        return watch;
    }
}
