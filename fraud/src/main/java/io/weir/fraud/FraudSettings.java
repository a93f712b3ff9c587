package io.weir.fraud;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.core.topic.EventKinds;
import io.weir.core.topic.Topics;
import io.weir.fraud.integrity.KeySet;
import io.weir.fraud.integrity.KeySetException;
import io.weir.schemas.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings of fraud.
 *
 * @param lateness what is later than this is not counted by rules that count
 * @param kinds of event that are read
 * @param alertsKept how long queries find an alert
 * @param integrityKeys JWK set by which tokens of apps are judged; empty: they are not
 */
public record FraudSettings(
        Duration lateness, Set<EventKind> kinds, Duration alertsKept, Optional<Path> integrityKeys) {

    public static final Setting<Duration> LATENESS = Setting.durationOrUnlimited(
            "weir.fraud.lateness",
            "1h",
            "7d",
            "An event that is later than this (by what its raw partition's clock was ahead of it) is not counted by rules that"
                    + " count or that look for an earlier event; each event by itself is looked at however late. What rules keep"
                    + " is kept for their longest window and this. An hour takes in what phones send after a tunnel or a flight;"
                    + " batch sets unlimited, so that the order of the lines decides nothing.");

    public static final Setting<Set<EventKind>> KINDS = new Setting<>(
            "weir.fraud.kinds",
            "impression,click,video,purchase,exposure,app_signal,interaction",
            "kinds of event separated by commas",
            "Kinds of event that rules may look at. Each is a topic that is read: leave out what no rule looks at. Page views"
                    + " are most of all events and few rules' business.",
            false,
            text -> EventKinds.parse(text, Set.of()));

    public static final Setting<Set<String>> ROUTES = new Setting<>(
            "weir.fraud.routes",
            String.join(",", Topics.ROUTES),
            "names separated by commas, each up to 50 of a-z, 0-9 and -, neither unrouted nor shadow",
            "Routes whose alerts have a topic of their own, fraud.alerts.<route>: one for each team that reads alerts. Alerts of"
                    + " rules with any other route go to fraud.alerts.unrouted.",
            false,
            FraudSettings::parseRoutes);

    public static final Setting<Duration> ALERTS_KEPT = Setting.duration(
            "weir.fraud.alerts-kept",
            "30d",
            "1h",
            "50000d",
            "How long an alert is found by queries, after its start. As long as the topics keep it: what a team did not look at in"
                    + " a month it looks for elsewhere.");

    private static final String NONE = "none";

    public static final Setting<Optional<Path>> INTEGRITY_KEYS = new Setting<>(
            "weir.fraud.integrity-keys",
            NONE,
            "a file with a JWK set, or none",
            "The keys by which rules of kind integrity judge the tokens of apps; without them no token is judged. The file is"
                    + " looked at every five seconds, and after a second for a key that it did not have: keys rotate without a"
                    + " restart.",
            false,
            text -> text.equals(NONE) ? Optional.empty() : Optional.of(Path.of(text)));

    private static final Pattern ROUTE = Pattern.compile("[a-z0-9-]{1,50}");
    private static final Set<String> TAKEN = Set.of("unrouted", "shadow");

    /** Copies the set. */
    public FraudSettings {
        kinds = Set.copyOf(kinds);
    }

    private static Set<String> parseRoutes(String text) {
        Set<String> routes = new TreeSet<>();
        for (String entry : text.split(",", -1)) {
            String route = entry.strip();
            if (!ROUTE.matcher(route).matches() || TAKEN.contains(route)) {
                throw new IllegalArgumentException();
            }
            routes.add(route);
        }
        return routes;
    }

    /** Every setting of fraud. */
    public static List<Setting<?>> all() {
        return List.of(LATENESS, KINDS, ROUTES, ALERTS_KEPT, INTEGRITY_KEYS);
    }

    /**
     * Reads and checks them.
     *
     * @throws io.weir.core.settings.SettingsException if one is wrong
     */
    public static FraudSettings of(Settings settings) {
        Optional<Path> keys = settings.get(INTEGRITY_KEYS);
        keys.ifPresent(FraudSettings::check);
        return new FraudSettings(settings.get(LATENESS), settings.get(KINDS), settings.get(ALERTS_KEPT), keys);
    }

    /** Later a file that is wrong leaves the keys as they were; at the start there are none. */
    private static void check(Path keys) {
        try {
            KeySet.parse(Files.readString(keys));
        } catch (KeySetException e) {
            throw new SettingsException(INTEGRITY_KEYS.key() + ": " + keys + ": " + e.getMessage());
        } catch (IOException e) {
            throw new SettingsException(INTEGRITY_KEYS.key() + ": " + keys + " cannot be read");
        }
    }
}
