package io.weir.fraud.ratio;

import io.weir.fraud.rule.AlertForm;
import io.weir.fraud.rule.Rule;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** An hour of a key whose ratio is too high, as an alert. */
final class RatioAlert {

    private RatioAlert() {}

    /** What is known of the hour. */
    static FraudAlert of(Rule rule, String key, Judgement hour, FraudAlertStatus status, long now) {
        return about(rule, key, hour.hour(), now)
                .setMeasured(hour.ratio())
                .setThreshold(hour.threshold())
                .setExplanation(String.format(
                        Locale.ROOT,
                        "%s: %.3g %% of %d, where %.3g %% is usual and more than %.3g %% is not, by %s.",
                        AlertForm.name(rule),
                        100 * hour.ratio(),
                        hour.among(),
                        100 * hour.median(),
                        100 * hour.threshold(),
                        key))
                .setStatus(status)
                .build();
    }

    /** The hour was too high as far as it had come, and is not as a whole. */
    static FraudAlert withdrawn(Rule rule, String key, long hour, long now) {
        return about(rule, key, hour, now)
                .setMeasured(0)
                .setThreshold(0)
                .setExplanation(
                        AlertForm.name(rule) + ": taken back, since the hour as a whole is as usual, by " + key + ".")
                .setStatus(FraudAlertStatus.CLOSED)
                .build();
    }

    private static FraudAlert.Builder about(Rule rule, String key, long hour, long now) {
        Instant start = Instant.ofEpochMilli(Hours.start(hour));
        return AlertForm.about(rule, key, start.toEpochMilli(), now)
                .setWindowMs(Hours.MILLIS)
                .setFirstAt(start)
                .setLastAt(Instant.ofEpochMilli(Math.min(now, Hours.start(hour + 1) - 1)))
                .setEvents(List.of());
    }
}
