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

    private static final long MINUTES_MILLIS = 48L * 3_600_000;

    /** How long after a day's end its minutes are kept: 48 hours, and until nothing may come late any more. */
    long minutesMillis() {
        return Math.max(MINUTES_MILLIS, latenessMillis + closeAfterMillis);
    }

    /** How long after its end a day is kept: 35 days, and until nothing may come late any more. */
    long daysMillis() {
        return Math.max(DAYS_MILLIS, latenessMillis + closeAfterMillis);
    }
}
