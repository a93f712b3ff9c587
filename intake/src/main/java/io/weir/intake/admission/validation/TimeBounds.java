package io.weir.intake.admission.validation;

import io.weir.intake.admission.AdmissionSettings;
import io.weir.intake.admission.TimeBoundsMode;
import io.weir.schemas.DeadLetterReason;
import java.time.Instant;

/**
 * When an event may have happened. Both ends are allowed.
 *
 * @param mode what times are measured against
 * @param maxAgeMillis how far behind now, milliseconds
 * @param maxFutureMillis how far ahead of now, milliseconds
 */
public record TimeBounds(TimeBoundsMode mode, long maxAgeMillis, long maxFutureMillis) {

    /** First moment of recorded events: 1971-01-01T00:00:00.000Z. */
    static final long RECORDED_FROM = Instant.parse("1971-01-01T00:00:00Z").toEpochMilli();
    /** Last moment of recorded events: 2100-12-31T23:59:59.999Z. */
    static final long RECORDED_TO = Instant.parse("2100-12-31T23:59:59.999Z").toEpochMilli();

    /** The bounds that the settings say. */
    public static TimeBounds of(AdmissionSettings settings) {
        return new TimeBounds(
                settings.timeBounds(),
                settings.maxAge().toMillis(),
                settings.maxFuture().toMillis());
    }

    /**
     * Checks a time of an event.
     *
     * @param millis when it happened, millis since the epoch, UTC
     * @param now millis since the epoch, UTC
     * @param pointer where that time was read
     */
    public void check(long millis, long now, String pointer, Findings findings) {
        boolean recorded = mode == TimeBoundsMode.RECORDED;
        long from = recorded ? RECORDED_FROM : now - maxAgeMillis;
        long to = recorded ? RECORDED_TO : now + maxFutureMillis;
        if (millis < from) {
            findings.add(
                    DeadLetterReason.TOO_OLD, pointer, "no time before " + Instant.ofEpochMilli(from), found(millis));
        } else if (millis > to) {
            findings.add(DeadLetterReason.TOO_NEW, pointer, "no time after " + Instant.ofEpochMilli(to), found(millis));
        }
    }

    private static String found(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
