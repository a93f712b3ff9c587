package io.weir.fraud.watch;

import io.weir.fraud.integrity.TokenFault;
import io.weir.fraud.rule.AlertForm;
import io.weir.fraud.rule.Rule;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import io.weir.schemas.RuleKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** An episode as an alert. */
final class AlertText {

    private AlertText() {}

    /** What is known of an episode. */
    static FraudAlert of(Rule rule, String key, Episode episode, FraudAlertStatus status, long now) {
        return AlertForm.about(rule, key, episode.start(), now)
                .setWindowMs(episode.window())
                .setMeasured((double) episode.measured())
                .setThreshold((double) episode.allowed())
                .setFirstAt(Instant.ofEpochMilli(episode.first()))
                .setLastAt(Instant.ofEpochMilli(episode.last()))
                .setEvents(episode.ids())
                .setExplanation(explanation(rule, key, episode))
                .setStatus(status)
                .build();
    }

    /** An alert that was opened and is no alert, or part of one that begins at another time. */
    static FraudAlert withdrawn(Rule rule, String key, long start, long now) {
        Instant at = Instant.ofEpochMilli(start);
        return AlertForm.about(rule, key, start, now)
                .setWindowMs(null)
                .setMeasured(0)
                .setThreshold(0)
                .setFirstAt(at)
                .setLastAt(at)
                .setEvents(List.of())
                .setExplanation(AlertForm.name(rule)
                        + ": taken back, since an event that came late tells it otherwise; if the rule is"
                        + " broken, another alert says so.")
                .setStatus(FraudAlertStatus.CLOSED)
                .build();
    }

    private static String explanation(Rule rule, String key, Episode episode) {
        if (rule.kind() == RuleKind.INTEGRITY) {
            String fault = TokenFault.ofKey(key).map(TokenFault::explanation).orElse("It is not as it should be.");
            return AlertForm.name(rule) + ": " + fault.substring(0, fault.length() - 1) + " (" + events(episode)
                    + ", by " + key + ").";
        }
        String measured = rule.kind() == RuleKind.VELOCITY
                ? String.format(
                        Locale.ROOT,
                        "%d where more than %d in %s are too many",
                        episode.measured(),
                        episode.allowed(),
                        written(Duration.ofMillis(episode.window())))
                : events(episode);
        return AlertForm.name(rule) + ": " + measured + ", by " + key + ".";
    }

    private static String events(Episode episode) {
        return episode.measured() == 1 ? "one event" : episode.measured() + " events";
    }

    private static String written(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
