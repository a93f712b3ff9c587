package io.weir.intake;

import static io.weir.intake.IntakeHarness.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.state.StoreNote;
import io.weir.core.time.WallClock;
import io.weir.core.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/** A difference from the golden files is a decision about state and topics that a deployment already has. */
class IntakeTopologyTest {

    private static final String[] KEYED_BESIDE_OTHERS = {
        "weir.intake.sources[1].topic", IntakeHarness.APP,
        "weir.intake.sources[1].format", "segment-json",
        "weir.intake.sources[1].keyed-by", "visitor",
        "weir.intake.hop-partitions", "4"
    };

    @Test
    void sourcesWithoutAKeyAreReKeyed() throws IOException {
        assertThat(description(settings())).isEqualTo(golden("intake-unkeyed"));
    }

    @Test
    void sourcesKeyedByVisitorSkipTheHop() throws IOException {
        assertThat(description(settings("weir.intake.sources[0].keyed-by", "visitor")))
                .isEqualTo(golden("intake-keyed"));
    }

    @Test
    void sourcesKeyedByVisitorMeetTheOthersWhereDuplicatesAreFound() throws IOException {
        assertThat(description(settings(KEYED_BESIDE_OTHERS))).isEqualTo(golden("intake-both"));
    }

    @Test
    void nothingIsNamedByKafka() {
        Pattern generated = Pattern.compile("KSTREAM|KTABLE|\\d{10}");

        assertThat(description(settings(KEYED_BESIDE_OTHERS))).doesNotContainPattern(generated);
    }

    @Test
    void saysWhatItReadsWritesAndKeeps() {
        IntakeTopology intake = new IntakeTopology(context(settings(KEYED_BESIDE_OTHERS)));

        assertThat(intake.name()).isEqualTo("intake");
        assertThat(intake.sources()).containsExactlyInAnyOrder(IntakeHarness.WEB, IntakeHarness.APP);
        assertThat(intake.sinks())
                .containsExactlyInAnyOrder(
                        Topics.PAGE_VIEWS,
                        Topics.IMPRESSIONS,
                        Topics.CLICKS,
                        Topics.VIDEO,
                        Topics.PURCHASES,
                        Topics.EXPOSURES,
                        Topics.APP_SIGNALS,
                        Topics.INTERACTIONS,
                        Topics.DEAD_LETTER,
                        Topics.QUALITY,
                        Topics.QUALITY_ALERTS);
        assertThat(intake.stores())
                .extracting(StoreNote::name)
                .containsExactly(
                        "intake-clock",
                        "intake-refused-pending",
                        "intake-keyed-clock",
                        "intake-keyed-refused-pending",
                        "intake-seen",
                        "intake-event-pending",
                        "intake-quality",
                        "intake-alerts");
    }

    private static String description(Map<String, String> settings) {
        Topology topology = IntakeHarness.topology(context(settings));
        return topology.describe().toString();
    }

    private static FeatureContext context(Map<String, String> settings) {
        return IntakeHarness.context(
                settings, IntakeHarness.serdes(), new WallClock(InstantSource.system()), new SimpleMeterRegistry());
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = IntakeTopologyTest.class.getResourceAsStream("/topology/" + name + ".txt")) {
            assertThat(in).as("golden file %s", name).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
