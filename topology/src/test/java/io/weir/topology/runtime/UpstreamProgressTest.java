package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.time.InputProgress;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpstreamProgressTest {

    private static final Set<String> EVENTS = Set.of("events.clicks", "events.video");
    private static final InputProgress BEHIND = (topics, partition) -> false;

    @Test
    void anInputIsReadToItsEndOnlyOnceWhatWritesItIs() {
        assertThat(ask(InputProgress.COMPLETE, new Writer("events.clicks", true)))
                .isTrue();
        assertThat(ask(InputProgress.COMPLETE, new Writer("events.clicks", false)))
                .isFalse();
        assertThat(ask(InputProgress.COMPLETE, new Writer("events.clicks", true), new Writer("events.video", false)))
                .isFalse();
    }

    @Test
    void whatDoesNotWriteItDoesNotMatter() {
        assertThat(ask(InputProgress.COMPLETE, new Writer("sessions", false))).isTrue();
        assertThat(ask(InputProgress.COMPLETE)).isTrue();
    }

    @Test
    void theInputItselfComesFirst() {
        assertThat(ask(BEHIND, new Writer("events.clicks", true))).isFalse();
    }

    private static boolean ask(InputProgress own, Writer... writers) {
        return new UpstreamProgress(own, List.of(writers)).caughtUp(EVENTS, 0);
    }

    private record Writer(String topic, boolean caughtUp) implements UpstreamProgress.Upstream {

        @Override
        public boolean writes(Set<String> topics) {
            return !Collections.disjoint(Set.of(topic), topics);
        }
    }
}
