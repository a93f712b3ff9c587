package io.weir.sessionizer.journey;

import io.weir.core.settings.Durations;
import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What is kept of visitors' journeys.
 *
 * @param enabled whether they are kept at all
 * @param retention how long an event is kept, in event time
 */
public record JourneySettings(boolean enabled, Duration retention) {

    public static final Setting<Boolean> ENABLED = Setting.flag(
            "weir.sessions.journeys",
            "true",
            "Keeps each visitor's events for the queries of journeys. One write per event, the largest store of the"
                    + " feature: off where nobody queries journeys.");

    public static final Setting<Duration> RETENTION = Setting.duration(
            "weir.sessions.journeys-retention",
            "7d",
            "1h",
            Durations.LONGEST,
            "How long an event stays in its visitor's journey. A week answers what support and analysts ask of a"
                    + " visitor; disk grows in proportion (events of up to 1.5 times as long are on disk).");

    /** Every setting of journeys. */
    public static List<Setting<?>> all() {
        return List.of(ENABLED, RETENTION);
    }

    /** Reads them. */
    public static JourneySettings of(Settings settings) {
        return new JourneySettings(settings.get(ENABLED), settings.get(RETENTION));
    }
}
