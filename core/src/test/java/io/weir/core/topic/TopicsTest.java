package io.weir.core.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.EventKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void everyKindOfEventHasItsTopic() {
        assertThat(Arrays.stream(EventKind.values()).filter(kind -> kind != EventKind.unknown))
                .extracting(kind -> Topics.of(kind).name())
                .containsExactly(
                        "events.page-views",
                        "events.impressions",
                        "events.clicks",
                        "events.video",
                        "events.purchases",
                        "events.exposures",
                        "events.app-signals",
                        "events.interactions");
    }

    @Test
    void aPrefixIsPartOfEveryName() {
        Topics topics = new Topics("shop.");

        assertThat(topics.name(Topics.SESSIONS)).isEqualTo("shop.sessions");
        assertThat(topics.find("shop.sessions")).contains(Topics.SESSIONS);
        assertThat(topics.find("sessions")).isEmpty();
    }
}
