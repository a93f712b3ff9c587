package io.weir.sessionizer.page;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What is kept of pages.
 *
 * @param enabled whether they are counted at all
 * @param retention how long an hour's counts are kept
 * @param pathsPerHour distinct paths of one hour and partition that are counted by name
 */
public record PageSettings(boolean enabled, Duration retention, int pathsPerHour) {

    public static final Setting<Boolean> ENABLED = Setting.flag(
            "weir.sessions.pages",
            "true",
            "Counts page views per hour and page for the query of popular pages. One cached read and write per page"
                    + " view: off where nobody asks for it.");

    public static final Setting<Duration> RETENTION = Setting.duration(
            "weir.sessions.pages-retention",
            "7d",
            "1h",
            "50000d",
            "How long the counts of an hour are kept, in event time. As long as journeys, so that both answer for the"
                    + " same time.");

    public static final Setting<Integer> PATHS_PER_HOUR = Setting.integer(
            "weir.sessions.pages-per-hour",
            "100000",
            1,
            10_000_000,
            "Distinct paths of one hour and partition that are counted by name; page views of further ones are counted"
                    + " together as \"(other)\". A scanner that makes up paths must not fill the disk: 100 000 paths of"
                    + " 60 bytes over 7 days are at most 1.3 GB a partition.");

    /** Every setting of pages. */
    public static List<Setting<?>> all() {
        return List.of(ENABLED, RETENTION, PATHS_PER_HOUR);
    }

    /** Reads them. */
    public static PageSettings of(Settings settings) {
        return new PageSettings(settings.get(ENABLED), settings.get(RETENTION), settings.get(PATHS_PER_HOUR));
    }
}
