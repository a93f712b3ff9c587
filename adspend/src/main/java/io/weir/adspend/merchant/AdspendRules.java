package io.weir.adspend.merchant;

import io.weir.adspend.cap.ReopenPolicy;

/**
 * What a deployment decides of the accounting.
 *
 * @param latenessMillis a verdict that is later than this after its interaction changes nothing
 * @param closeAfterMillis a day's statement is issued so long after its end
 * @param reopen what a credit does to a cap that was reached
 */
public record AdspendRules(long latenessMillis, long closeAfterMillis, ReopenPolicy reopen) {

    private static final long DAYS_MILLIS = 35L * 24 * 3_600_000;

    private static final long LONGEST_DAY_MILLIS = 2L * 24 * 3_600_000;

    private static final long MINUTES_MILLIS = 48L * 3_600_000;

    /** How long after its end nobody asks for a day any more, wherever it ends, milliseconds. */
    long daysKeptMillis() {
        return Math.max(DAYS_MILLIS, latenessMillis + closeAfterMillis) + LONGEST_DAY_MILLIS;
    }

    /**
     * When a task of a day is due: its statement after a while; its minutes, and then the day, when they are so old that
     * nobody asks for them, and nothing may come late any more.
     *
     * @param endOfDay milliseconds UTC
     */
    long due(Timer.Task task, long endOfDay) {
        return endOfDay
                + switch (task) {
                    case CLOSE_DAY -> closeAfterMillis;
                    case FORGET_MINUTES -> Math.max(MINUTES_MILLIS, latenessMillis + closeAfterMillis);
                    case FORGET_DAY -> Math.max(DAYS_MILLIS, latenessMillis + closeAfterMillis);
                    case TURN, REPORT_MINUTE -> throw new IllegalArgumentException(task + " is not due by a day's end");
                };
    }
}
