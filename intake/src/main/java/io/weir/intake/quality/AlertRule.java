package io.weir.intake.quality;

/**
 * When the messages of one event are worth an alert: the share of those that were refused, over the last few minutes of
 * the raw log, is above a threshold. It is judged at the end of each minute.
 *
 * @param percent share above which an alert starts, 0 to 100
 * @param minimum messages in the window without which nothing is judged
 * @param windowMinutes length of the window
 */
public record AlertRule(double percent, long minimum, int windowMinutes) {

    /** Millis of a minute. */
    public static final long MINUTE = 60_000;

    private static final double HUNDRED = 100;

    /** What changes at the end of a minute. */
    public enum Change {
        NONE,
        STARTS,
        ENDS
    }

    /** Start of the minute in which a time lies, millis since the epoch. */
    public static long minuteOf(long millis) {
        return Math.floorDiv(millis, MINUTE) * MINUTE;
    }

    /** Length of the window in millis. */
    public long windowMillis() {
        return windowMinutes * MINUTE;
    }

    /** Start of the first minute of the window that ends with a minute. */
    public long firstMinute(long minute) {
        return minute - (windowMinutes - 1) * MINUTE;
    }

    /**
     * What becomes of an alert.
     *
     * @param total messages in the window
     * @param invalid those of them that were refused, or depart from the tracking plan
     * @param active whether the alert has started
     */
    public Change judge(long total, long invalid, boolean active) {
        boolean above = total >= minimum && invalid * HUNDRED > percent * total;
        if (above == active) {
            return Change.NONE;
        }
        return above ? Change.STARTS : Change.ENDS;
    }
}
