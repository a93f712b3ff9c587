package io.weir.intake.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gates of one intake share, and the settings. */
class GatesTest {

    private static final String MESSAGE =
            "{\"type\":\"track\",\"event\":\"Tea Drunk\",\"anonymousId\":\"v\",\"timestamp\":\"2026-03-01T12:00:00Z\"}";

    @Test
    void changedPlanActsWithoutARestart(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("plan.json"), "{\"name\":\"tea\",\"unplanned\":\"allow\",\"events\":[]}");

        try (Desk desk =
                new Desk("weir.intake.tracking-plan", folder.toString(), "weir.intake.tracking-plan-reload", "100ms")) {
            assertThat(desk.segment(MESSAGE).get(0)).isInstanceOf(Admitted.class);

            Files.writeString(folder.resolve("plan.json"), "{\"name\":\"tea\",\"unplanned\":\"reject\",\"events\":[]}");

            await().untilAsserted(() -> assertThat(desk.segment(MESSAGE).get(0)).isInstanceOf(Refused.class));
        }
    }

    @Test
    void watcherEndsWithTheLastGate(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("plan.json"), "{\"name\":\"tea\",\"unplanned\":\"allow\",\"events\":[]}");
        Desk desk = new Desk("weir.intake.tracking-plan", folder.toString());
        assertThat(watchers()).isPositive();

        desk.close();
        desk.close();

        await().untilAsserted(() -> assertThat(watchers()).isZero());
    }

    @Test
    void missingPlanFolderIsSaidAtStart() {
        assertThatThrownBy(() -> new Desk("weir.intake.tracking-plan", "/no/such/plan"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "weir.intake.tracking-plan: expected a folder with a plan.json, but /no/such/plan is not there");
        assertThatThrownBy(() -> new Desk("weir.intake.tracking-plan", "builtin:garden"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "weir.intake.tracking-plan: expected a folder, builtin:shop or none, found \"builtin:garden\"");
    }

    @Test
    void hashingWithoutAKeyIsRefusedAtStart() {
        assertThatThrownBy(() -> AdmissionSettings.from(Settings.of(Map.of())))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "weir.intake.hash-key: expected a secret of at least 16 characters, but it is not set; set it, or"
                                + " turn off weir.intake.ip-hash and set weir.intake.customer-id-policy to refuse");
        assertThat(AdmissionSettings.from(Settings.of(Map.of("weir.intake.ip-hash", "false")))
                        .hashKey())
                .isEmpty();
    }

    @Test
    void keyIsNeverShown() {
        assertThatThrownBy(() -> AdmissionSettings.from(Settings.of(Map.of("weir.intake.hash-key", "too short"))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.intake.hash-key: expected a secret of at least 16 characters, found something else");
        assertThat(AdmissionSettings.from(Settings.of(Map.of("weir.intake.hash-key", Desk.KEY)))
                        .toString())
                .doesNotContain(Desk.KEY);
    }

    private static long watchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("weir-tracking-plan"))
                .count();
    }
}
