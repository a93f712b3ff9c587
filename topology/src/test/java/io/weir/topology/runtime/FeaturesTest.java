package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.core.time.WallClock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeaturesTest {

    static List<String> names() {
        return Features.all().stream().map(Features.Entry::name).toList();
    }

    @Test
    void theyAreInTheOrderInWhichEventsFlow() {
        assertThat(names()).containsExactly("intake", "sessionizer", "fraud", "experiments", "adspend");
    }

    @Test
    void someCanBeChosenAndKeepTheOrder() {
        assertThat(Features.only(List.of("sessionizer", "intake")))
                .extracting(Features.Entry::name)
                .containsExactly("intake", "sessionizer");
        assertThat(Features.only(List.of("sessionizer")))
                .extracting(Features.Entry::name)
                .containsExactly("sessionizer");
        assertThat(Features.only(List.of())).isEqualTo(Features.all());
    }

    @Test
    void anUnknownFeatureIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> Features.only(List.of("intake", "sesionizer")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "--only: expected some of intake, sessionizer, fraud, experiments, adspend, found \"sesionizer\"");
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachIsBuiltFromItsDefaultsWithEveryInternalNameExplicit(String name) {
        Features.Entry entry = Features.find(name).orElseThrow();
        Settings settings = Settings.of(Map.of(
                "weir.registry.url", "mock://features",
                "weir.intake.hash-key", "sixteen characters or more",
                "weir.intake.sources[0].topic", "collector.web",
                "weir.intake.sources[0].format", "segment-json"));
        Deployment deployment =
                Deployment.of(settings, new WallClock(InstantSource.system()), new SimpleMeterRegistry());

        try (FeatureRun run = new FeatureRun(entry, deployment, List.of(), stopped -> {})) {
            assertThat(run.name()).isEqualTo(name);
            assertThat(run.applicationId()).isEqualTo("weir-" + name);
            assertThat(run.topology().describe().subtopologies()).isNotEmpty();
            assertThat(run.status().state()).isEqualTo(FeatureStatus.State.CREATED);
        }
    }
}
