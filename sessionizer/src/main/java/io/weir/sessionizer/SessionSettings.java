package io.weir.sessionizer;

import io.weir.core.settings.Durations;
import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.sessionizer.identity.IdentitySettings;
import io.weir.sessionizer.journey.JourneySettings;
import io.weir.sessionizer.page.PageSettings;
import io.weir.sessionizer.session.SessionRules;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The settings of the sessionizer.
 *
 * @param rules what begins a new session
 * @param lateness an event that is later goes to {@code sessions.late}; {@link Durations#UNLIMITED} for never
 * @param retention how long a closed session stays
 * @param idleAfter silence after which the clock goes on by wall time
 * @param journeys what is kept of journeys
 * @param pages what is kept of pages
 * @param identities what is kept of identities
 */
public record SessionSettings(
        SessionRules rules,
        Duration lateness,
        Duration retention,
        Duration idleAfter,
        JourneySettings journeys,
        PageSettings pages,
        IdentitySettings identities) {

    private static final String OFF = "off";

    public static final Setting<SessionPreset> PRESET = Setting.choice(
            "weir.sessions.preset",
            SessionPreset.class,
            "inactivity",
            "A known policy to begin with. inactivity and ga4: 30 minutes of inactivity alone; ua: also a new campaign and"
                    + " midnight; matomo: also another customer and 10 000 events; posthog: 24 hours in all. The settings of"
                    + " single rules change it in part.");

    public static final Setting<Duration> INACTIVITY_GAP = Setting.duration(
            "weir.sessions.inactivity-gap",
            "30m",
            "1s",
            "24h",
            "A longer silence of a visitor begins a new session. 30 minutes is what web analytics agreed on, and every"
                    + " preset's.");

    public static final Setting<Optional<Duration>> MAX_DURATION = optional(
            "weir.sessions.max-duration",
            "off, or a duration from 1m to 30d",
            "An event farther from its session's first begins a new session. Off unless the preset has it: without it a"
                    + " visitor who never rests has one session.",
            text -> within(Durations.parse(text), Duration.ofMinutes(1), Duration.ofDays(30)));

    public static final Setting<Optional<Integer>> MAX_EVENTS = optional(
            "weir.sessions.max-events",
            "off, or a whole number from 1 to 10000000",
            "An event beyond so many begins a new session. Off unless the preset has it.",
            text -> within(Integer.valueOf(text), 1, 10_000_000));

    public static final Setting<Boolean> SPLIT_ON_CAMPAIGN = Setting.flag(
            "weir.sessions.split-on-campaign",
            null,
            "Whether an event with a campaign other than the session's last begins a new session. Off unless the preset"
                    + " has it.");

    public static final Setting<Boolean> SPLIT_ON_CUSTOMER_CHANGE = Setting.flag(
            "weir.sessions.split-on-customer-change",
            null,
            "Whether a customer other than the session's last known begins a new session; logging in never does. Off"
                    + " unless the preset has it.");

    public static final Setting<Optional<ZoneId>> SPLIT_AT_MIDNIGHT = optional(
            "weir.sessions.split-at-midnight",
            "off, or a time zone such as Europe/Berlin",
            "Zone at whose midnight a new session begins. Off unless the preset has it, which then means UTC.",
            SessionSettings::zone);

    public static final Setting<Duration> LATENESS = Setting.durationOrUnlimited(
            "weir.sessions.lateness",
            "1h",
            Durations.LONGEST,
            "An event is late by what its raw partition's clock was ahead of it. A later one than this goes to"
                    + " sessions.late. An hour covers phones in tunnels and retries of collectors; with unlimited nothing is"
                    + " ever late, nor any session ever removed.");

    public static final Setting<Duration> RETENTION = Setting.duration(
            "weir.sessions.retention",
            "7d",
            "1h",
            Durations.LONGEST,
            "How long after its last event a closed session can be queried, and changed by an event that comes late. Must"
                    + " be at least the lateness and the inactivity gap; a week also covers raw partitions that are read at"
                    + " different speeds after an outage.");

    public static final Setting<Duration> IDLE_AFTER = Setting.duration(
            "weir.sessions.idle-after",
            "5s",
            "100ms",
            "1h",
            "When nothing has come for so long, and the broker has nothing more, the clock that closes sessions goes on"
                    + " by wall time. A few seconds are longer than any pause of a healthy stream, and short against the gap.");

    /** Every setting of the sessionizer. */
    public static List<Setting<?>> all() {
        List<Setting<?>> own = List.of(
                PRESET,
                INACTIVITY_GAP,
                MAX_DURATION,
                MAX_EVENTS,
                SPLIT_ON_CAMPAIGN,
                SPLIT_ON_CUSTOMER_CHANGE,
                SPLIT_AT_MIDNIGHT,
                LATENESS,
                RETENTION,
                IDLE_AFTER);
        return Stream.of(own, JourneySettings.all(), PageSettings.all(), IdentitySettings.all())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Reads and checks them.
     *
     * @throws SettingsException if one is wrong, or two do not go together
     */
    public static SessionSettings of(Settings settings) {
        SessionSettings read = new SessionSettings(
                rules(settings),
                settings.get(LATENESS),
                settings.get(RETENTION),
                settings.get(IDLE_AFTER),
                JourneySettings.of(settings),
                PageSettings.of(settings),
                IdentitySettings.of(settings));
        read.checkRetention();
        read.checkSplits();
        return read;
    }

    /** Whether no event is ever late; then no session is ever removed. */
    public boolean isUnlimited() {
        return lateness.compareTo(Durations.UNLIMITED) >= 0;
    }

    private static SessionRules rules(Settings settings) {
        SessionPreset preset = settings.get(PRESET);
        return new SessionRules(
                settings.get(INACTIVITY_GAP).toMillis(),
                settings.find(MAX_DURATION)
                        .orElse(preset.maxDuration())
                        .map(Duration::toMillis)
                        .orElse(0L),
                settings.find(MAX_EVENTS).orElse(preset.maxEvents()).orElse(0),
                settings.find(SPLIT_ON_CAMPAIGN).orElse(preset.splitOnCampaign()),
                settings.find(SPLIT_ON_CUSTOMER_CHANGE).orElse(preset.splitOnCustomerChange()),
                settings.find(SPLIT_AT_MIDNIGHT).orElse(preset.midnight()).orElse(null));
    }

    private void checkRetention() {
        Duration least = lateness.plusMillis(rules.gapMillis());
        if (!isUnlimited() && retention.compareTo(least) < 0) {
            throw new SettingsException(RETENTION.key() + ": expected at least " + LATENESS.key() + " and "
                    + INACTIVITY_GAP.key() + " together (" + least.toSeconds() + "s), found " + retention.toSeconds()
                    + "s; a late event could not find its session");
        }
        if (!isUnlimited() && identities.detail().compareTo(lateness) <= 0) {
            throw new SettingsException(IdentitySettings.DETAIL.key() + ": expected more than " + LATENESS.key() + " ("
                    + lateness.toSeconds() + "s), found "
                    + identities.detail().toSeconds() + "s; a late event could find its interval taken");
        }
    }

    private void checkSplits() {
        if (!rules.canSplit()) {
            return;
        }
        if (!journeys.enabled()) {
            throw new SettingsException(JourneySettings.ENABLED.key() + ": expected true where a rule splits sessions ("
                    + "see " + PRESET.key() + "), found false; an event out of order makes the rules look at the others"
                    + " again");
        }
        Duration longest = Duration.ofMillis(
                Math.max(rules.maxDurationMillis(), Duration.ofDays(1).toMillis()));
        Duration least = lateness.plus(longest).plusMillis(rules.gapMillis());
        Duration needed = isUnlimited() ? Durations.UNLIMITED : least;
        if (journeys.retention().compareTo(needed) < 0) {
            throw new SettingsException(JourneySettings.RETENTION.key() + ": expected at least " + needed.toSeconds()
                    + "s where a rule splits sessions (" + LATENESS.key() + ", a day or " + MAX_DURATION.key()
                    + ", and " + INACTIVITY_GAP.key() + " together), found "
                    + journeys.retention().toSeconds()
                    + "s; an event out of order makes the rules look at the others again");
        }
    }

    private static <T> Setting<Optional<T>> optional(
            String key, String expected, String reason, Function<String, T> parser) {
        return new Setting<>(
                key,
                null,
                expected,
                reason,
                false,
                text -> OFF.equals(text) ? Optional.empty() : Optional.of(parser.apply(text)));
    }

    private static <T extends Comparable<T>> T within(T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
