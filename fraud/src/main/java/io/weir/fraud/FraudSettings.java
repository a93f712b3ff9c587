package io.weir.fraud;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.topic.EventKinds;
import io.weir.schemas.EventKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The settings of fraud.
 *
 * @param lateness what is later than this is not counted by rules that count
 * @param kinds of event that are read
 */
public record FraudSettings(Duration lateness, Set<EventKind> kinds) {

    public static final Setting<Duration> LATENESS = Setting.duration(
            "weir.fraud.lateness",
            "1h",
            "0s",
            "7d",
            "An event that is later than this (by what its raw partition's clock was ahead of it) is not counted by rules that"
                    + " count or that look for an earlier event; each event by itself is looked at however late. What rules keep"
                    + " is kept for their longest window and this. An hour takes in what phones send after a tunnel or a flight;"
                    + " in batch everything counts.");

    public static final Setting<Set<EventKind>> KINDS = new Setting<>(
            "weir.fraud.kinds",
            "impression,click,video,purchase,exposure,app_signal,interaction",
            "kinds of event separated by commas",
            "Kinds of event that rules may look at. Each is a topic that is read: leave out what no rule looks at. Page views"
                    + " are most of all events and few rules' business.",
            false,
            text -> EventKinds.parse(text, Set.of()));

    /** Copies the set. */
    public FraudSettings {
        kinds = Set.copyOf(kinds);
    }

    /** Every setting of fraud. */
    public static List<Setting<?>> all() {
        return List.of(LATENESS, KINDS);
    }

    /**
     * Reads and checks them.
     *
     * @throws io.weir.core.settings.SettingsException if one is wrong
     */
    public static FraudSettings of(Settings settings) {
        return new FraudSettings(settings.get(LATENESS), settings.get(KINDS));
    }
}
