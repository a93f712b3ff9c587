package io.weir.sessionizer.identity;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What is kept of identities.
 *
 * @param detail age up to which each session's link is kept apart
 * @param retention age after which a link is forgotten
 */
public record IdentitySettings(Duration detail, Duration retention) {

    public static final Setting<Duration> DETAIL = Setting.duration(
            "weir.sessions.identities-detail",
            "7d",
            "1h",
            "50000d",
            "Age from which neighbouring links of a visitor to the same customer, with no other customer between them,"
                    + " are joined into one. As long as journeys are kept by default; must be longer than"
                    + " weir.sessions.lateness, or a late event may find its interval taken.");

    public static final Setting<Duration> RETENTION = Setting.duration(
            "weir.sessions.identities-retention",
            "400d",
            "1d",
            "50000d",
            "Age from which a link is forgotten. Browsers keep a cookie for 400 days at most, so a visitor who has not"
                    + " come for so long never comes again.");

    /** Links of one visitor that are kept at most; one visitor of a shop has a few, a shared terminal has thousands. */
    static final int MOST_LINKS = 1_000;

    /** Every setting of identities. */
    public static List<Setting<?>> all() {
        return List.of(DETAIL, RETENTION);
    }

    /** Reads them. */
    public static IdentitySettings of(Settings settings) {
        return new IdentitySettings(settings.get(DETAIL), settings.get(RETENTION));
    }
}
