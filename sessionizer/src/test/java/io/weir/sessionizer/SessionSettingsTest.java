package io.weir.sessionizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.sessionizer.session.SessionRules;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionSettingsTest {

    private static final long GAP = Duration.ofMinutes(30).toMillis();

    static Stream<Arguments> presets() {
        return Stream.of(
                Arguments.of("inactivity", new SessionRules(GAP, 0, 0, false, false, null)),
                Arguments.of("ga4", new SessionRules(GAP, 0, 0, false, false, null)),
                Arguments.of("ua", new SessionRules(GAP, 0, 0, true, false, ZoneOffset.UTC)),
                Arguments.of("matomo", new SessionRules(GAP, 0, 10_000, true, true, ZoneOffset.UTC)),
                Arguments.of(
                        "posthog", new SessionRules(GAP, Duration.ofHours(24).toMillis(), 0, false, false, null)));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void presetsAreKnownPolicies(String preset, SessionRules rules) {
        assertThat(read(Map.of("weir.sessions.preset", preset)).rules()).isEqualTo(rules);
    }

    @Test
    void singleRulesChangeAPreset() {
        SessionSettings settings = read(Map.of(
                "weir.sessions.preset", "matomo",
                "weir.sessions.max-events", "off",
                "weir.sessions.split-on-customer-change", "false",
                "weir.sessions.split-at-midnight", "Europe/Berlin",
                "weir.sessions.max-duration", "4h"));

        assertThat(settings.rules())
                .isEqualTo(new SessionRules(
                        GAP, Duration.ofHours(4).toMillis(), 0, true, false, ZoneId.of("Europe/Berlin")));
    }

    @Test
    void unlimitedLatenessAsksForNoRetention() {
        assertThat(read(Map.of("weir.sessions.lateness", "unlimited")).isUnlimited())
                .isTrue();
    }

    @Test
    void retentionThatALateEventOutlivesIsRefused() {
        assertThatThrownBy(() -> read(Map.of("weir.sessions.retention", "24h", "weir.sessions.lateness", "24h")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.sessions.retention: expected at least weir.sessions.lateness and"
                        + " weir.sessions.inactivity-gap together (88200s), found 86400s; a late event could not find"
                        + " its session");
    }

    @Test
    void ruleThatSplitsWithoutJourneysIsRefused() {
        assertThatThrownBy(() -> read(Map.of("weir.sessions.preset", "ua", "weir.sessions.journeys", "false")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("weir.sessions.journeys: expected true where a rule splits sessions");
    }

    @Test
    void ruleThatSplitsAsksForJourneysAsLongAsItLooksBack() {
        assertThatThrownBy(() -> read(Map.of("weir.sessions.preset", "ua", "weir.sessions.journeys-retention", "1d")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("weir.sessions.journeys-retention: expected at least 91800s");
    }

    @Test
    void aZoneThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> read(Map.of("weir.sessions.split-at-midnight", "Mars/Olympus")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.sessions.split-at-midnight: expected off, or a time zone such as Europe/Berlin, found"
                        + " \"Mars/Olympus\"");
    }

    private static SessionSettings read(Map<String, String> said) {
        return SessionSettings.of(Settings.of(said));
    }
}
