package io.weir.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final Setting<Duration> GAP =
            Setting.duration("weir.sessions.inactivity-gap", "30m", "1s", "24h", "The custom of the field.");
    private static final Setting<String> KEY = Setting.text(
                    "weir.intake.ip-hash-key", null, "a secret of 16 characters or more", "Why.")
            .asSecret();
    private static final Setting<Integer> THREADS = Setting.integer("weir.intake.threads", "2", 1, 64, "Why.");
    private static final Setting<String> SOURCE = Setting.text("weir.intake.sources[*].topic", null, "a topic", "Why.");
    private static final Setting<String> CLIENT =
            Setting.text("weir.kafka.client.*", null, "a setting of Kafka's clients", "Why.");

    @TempDir
    private Path directory;

    @Test
    void theCommandLineIsOverTheEnvironmentIsOverTheFileIsOverTheProfileIsOverTheDefault() throws IOException {
        Path file = Files.writeString(directory.resolve("weir.properties"), "weir.intake.threads=5");
        Map<String, String> set = Map.of("weir.intake.threads", "7");
        Map<String, String> environment = Map.of("WEIR_INTAKE_THREADS", "6");
        Map<String, String> profile = Map.of("weir.intake.threads", "4");

        assertThat(Settings.load(Optional.of(file), set, environment, profile).get(THREADS))
                .isEqualTo(7);
        assertThat(Settings.load(Optional.of(file), Map.of(), environment, profile)
                        .get(THREADS))
                .isEqualTo(6);
        assertThat(Settings.load(Optional.of(file), Map.of(), Map.of(), profile).get(THREADS))
                .isEqualTo(5);
        assertThat(Settings.load(Optional.empty(), Map.of(), Map.of(), profile).get(THREADS))
                .isEqualTo(4);
        assertThat(Settings.of(Map.of()).get(THREADS)).isEqualTo(2);
    }

    @Test
    void aHyphenatedKeyHasAnEnvironmentVariable() {
        Settings settings =
                Settings.load(Optional.empty(), Map.of(), Map.of("WEIR_SESSIONS_INACTIVITY_GAP", "10m"), Map.of());

        assertThat(settings.get(GAP)).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "30s, PT30S", "10m, PT10M", "72h, PT72H", "7d, PT168H"})
    void durationsAreWrittenWithAUnit(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"3 dayz", "30", "-5m", "25h", "500ms", "1.5h", "99999999999999999h"})
    void aWrongDurationIsOneSentenceThatNamesTheSetting(String text) {
        Settings settings = Settings.of(Map.of(GAP.key(), text));

        assertThatThrownBy(() -> settings.get(GAP))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.sessions.inactivity-gap: expected a duration such as 72h, from 1s to 24h, found \""
                        + text + "\"");
    }

    @Test
    void aSecretIsNotShownInAnError() {
        Setting<Integer> pin = Setting.integer("weir.pin", null, 0, 9, "Why.").asSecret();
        Settings settings = Settings.of(Map.of("weir.pin", "hunter2"));

        assertThatThrownBy(() -> settings.get(pin)).message().doesNotContain("hunter2");
    }

    @Test
    void aRequiredSettingThatIsMissingIsNamed() {
        Settings settings = Settings.of(Map.of());

        assertThatThrownBy(() -> settings.get(KEY))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.intake.ip-hash-key: expected a secret of 16 characters or more, "
                        + "but it is not set and has no default");
    }

    @Test
    void anUnknownSettingIsRefusedAndTheNearestNamed() {
        Settings settings = Settings.of(Map.of("weir.sessions.inactivty-gap", "10m"));

        assertThatThrownBy(() -> settings.check(List.of(GAP, THREADS)))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.sessions.inactivty-gap: there is no such setting; "
                        + "did you mean weir.sessions.inactivity-gap?");
    }

    @Test
    void listsAndHandedOnSettingsAreKnownByTheirPattern() {
        Settings settings = Settings.of(Map.of(
                "weir.intake.sources[0].topic", "collector.web",
                "weir.intake.sources[1].topic", "collector.app",
                "weir.kafka.client.security.protocol", "SSL"));

        settings.check(List.of(SOURCE, CLIENT));

        assertThat(settings.indexes("weir.intake.sources")).containsExactly(0, 1);
        assertThat(settings.get(SOURCE.at(1))).isEqualTo("collector.app");
        assertThat(settings.below("weir.kafka.client")).containsExactly(Map.entry("security.protocol", "SSL"));
    }

    @Test
    void checkReadsEverySettingSoThatAWrongOneFailsAtStart() {
        Settings settings = Settings.of(Map.of("weir.intake.threads", "0"));

        assertThatThrownBy(() -> settings.check(List.of(GAP, THREADS)))
                .hasMessage("weir.intake.threads: expected a whole number from 1 to 64, found \"0\"");
    }

    @Test
    void aFileThatCannotBeReadIsOneSentence() {
        Path missing = directory.resolve("missing.properties");

        assertThatThrownBy(() -> Settings.load(Optional.of(missing), Map.of(), Map.of(), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("--config: cannot read " + missing);
    }
}
