package io.weir.experiments;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.core.topic.EventKinds;
import io.weir.experiments.book.UnitRules;
import io.weir.schemas.EventKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The settings of experiments.
 *
 * @param lateness what is later than this does not count; {@link io.weir.core.settings.Durations#UNLIMITED} for never
 * @param retention a unit that was not seen for so long is forgotten
 * @param kinds of event that are read
 */
public record ExperimentSettings(Duration lateness, Duration retention, Set<EventKind> kinds) {

    private static final Set<EventKind> ALWAYS = Set.of(EventKind.exposure, EventKind.purchase);

    public static final Setting<Duration> LATENESS = Setting.durationOrUnlimited(
            "weir.experiments.lateness",
            "72h",
            "30d",
            "An event that is later than this (by what its raw partition's clock was ahead of it) does not count. What a unit"
                    + " did is kept for the longest window and this. Three days cover phones that were off over a weekend.");

    public static final Setting<Duration> RETENTION = Setting.duration(
            "weir.experiments.unit-retention",
            "90d",
            "1d",
            "3650d",
            "A unit that was not seen for so long is forgotten; what it added stays in the results. Seen again after that it"
                    + " counts as another unit, so longer than experiments run; the store grows with it. The numbers of an"
                    + " experiment leave the stores as long after its end.");

    public static final Setting<Set<EventKind>> KINDS = new Setting<>(
            "weir.experiments.kinds",
            "impression,click,video,purchase,exposure,app_signal,interaction",
            "kinds of event separated by commas, exposure and purchase among them",
            "Kinds of event that metrics may look at. Each is a topic that is read: leave out what no metric looks at. Page"
                    + " views are most of all events and few metrics' business.",
            false,
            text -> EventKinds.parse(text, ALWAYS));

    /** Copies the set. */
    public ExperimentSettings {
        kinds = Set.copyOf(kinds);
    }

    /** Every setting of experiments. */
    public static List<Setting<?>> all() {
        return List.of(LATENESS, RETENTION, KINDS);
    }

    /**
     * Reads and checks them.
     *
     * @throws SettingsException if one is wrong
     */
    public static ExperimentSettings of(Settings settings) {
        return new ExperimentSettings(settings.get(LATENESS), settings.get(RETENTION), settings.get(KINDS));
    }

    /** Kinds that a metric may look at: those that are read, but exposures, which every unit has. */
    public static Set<EventKind> measurable(Settings settings) {
        Set<EventKind> kinds = EnumSet.copyOf(settings.get(KINDS));
        kinds.remove(EventKind.exposure);
        return kinds;
    }

    /** What they mean for units. */
    UnitRules rules() {
        return new UnitRules(lateness.toMillis(), retention.toMillis());
    }
}
