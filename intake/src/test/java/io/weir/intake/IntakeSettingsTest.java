package io.weir.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.intake.admission.SourceFormat;
import io.weir.intake.dedupe.DedupeMemory;
import io.weir.intake.quality.AlertRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeSettingsTest {

    @Test
    void theDefaultsAreThoseOfTheSpecification() {
        IntakeSettings settings = from();

        assertThat(settings.sources())
                .containsExactly(new IntakeSource("collector.web", SourceFormat.SEGMENT_JSON, KeyedBy.NONE));
        assertThat(settings.memory())
                .isEqualTo(new DedupeMemory(Duration.ofDays(3).plusMinutes(5).toMillis()));
        assertThat(settings.lateAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.alerts()).isEqualTo(new AlertRule(5, 100, 5));
        assertThat(settings.hopPartitions()).isEqualTo(Optional.empty());
    }

    @Test
    void aMemoryShorterThanMaxAgePlusMaxFutureIsRefused() {
        assertThatThrownBy(() -> from("weir.intake.dedupe-memory", "72h"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "weir.intake.dedupe-memory: expected at least max-age plus max-future (259500000ms), since a"
                                + " copy may arrive that much later, found 259200000ms");
    }

    @Test
    void aLongerMemoryIsTaken() {
        assertThat(from("weir.intake.dedupe-memory", "7d").memory())
                .isEqualTo(new DedupeMemory(Duration.ofDays(7).toMillis()));
    }

    @Test
    void recordedInputIsRememberedWhole() {
        assertThat(from("weir.intake.time-bounds", "recorded").memory()).isEqualTo(DedupeMemory.EVERYTHING);
    }

    @Test
    void withoutASourceThereIsNothingToDo() {
        assertThatThrownBy(
                        () -> IntakeSettings.from(Settings.of(Map.of("weir.intake.hash-key", "a key for tests alone"))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.intake.sources: expected at least one source, found none; set"
                        + " weir.intake.sources[0].topic and weir.intake.sources[0].format");
    }

    @Test
    void aTopicIsReadOnce() {
        assertThatThrownBy(() -> from(
                        "weir.intake.sources[1].topic", "collector.web",
                        "weir.intake.sources[1].format", "avro"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.intake.sources[1].topic: expected a topic that no other source names, found"
                        + " \"collector.web\" again");
    }

    @Test
    void keyedAndOtherSourcesTogetherNeedTheNumberOfPartitions() {
        Map<String, String> both = Map.of(
                "weir.intake.sources[1].topic", "collector.app",
                "weir.intake.sources[1].format", "avro",
                "weir.intake.sources[1].keyed-by", "visitor");

        assertThatThrownBy(() -> from(both))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("weir.intake.hop-partitions: expected the number of partitions of the sources"
                        + " keyed by visitor");

        Map<String, String> said = new HashMap<>(both);
        said.put("weir.intake.hop-partitions", "8");
        assertThat(from(said).hopPartitions()).contains(8);
        assertThat(from(said).topics(KeyedBy.VISITOR)).containsExactly("collector.app");
        assertThat(from(said).topics(KeyedBy.NONE)).containsExactly("collector.web");
    }

    @Test
    void anAlertsWindowIsWholeMinutes() {
        assertThatThrownBy(() -> from("weir.intake.alert-window", "90s"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.intake.alert-window: expected whole minutes, found 90000ms");
    }

    private static IntakeSettings from(String... more) {
        return IntakeSettings.from(Settings.of(IntakeHarness.settings(more)));
    }

    private static IntakeSettings from(Map<String, String> more) {
        Map<String, String> settings = IntakeHarness.settings();
        settings.putAll(more);
        return IntakeSettings.from(Settings.of(settings));
    }
}
