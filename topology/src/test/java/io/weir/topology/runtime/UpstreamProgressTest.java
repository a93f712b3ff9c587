package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.time.InputProgress;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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

    @Test
    void settledOnceNothingWasLeftForSomeSeconds() {
        AtomicBoolean read = new AtomicBoolean();
        AtomicLong nanos = new AtomicLong();
        UpstreamProgress progress = new UpstreamProgress((topics, partition) -> read.get(), List.of(), nanos::get);

        assertThat(settledAfter(progress, nanos, 0)).as("a backlog").isFalse();
        read.set(true);
        assertThat(settledAfter(progress, nanos, 0)).as("read just now").isFalse();
        assertThat(settledAfter(progress, nanos, UpstreamProgress.SETTLED_NANOS - 1))
                .isFalse();
        assertThat(settledAfter(progress, nanos, 1)).isTrue();

        read.set(false);
        assertThat(settledAfter(progress, nanos, 1)).isFalse();
        read.set(true);
        assertThat(settledAfter(progress, nanos, 1)).as("read again just now").isFalse();
    }

    @Test
    void aPartitionIsSettledWhileAnotherLagsForEver() {
        AtomicLong nanos = new AtomicLong();
        Set<String> topics = Set.of("by-merchant");
        UpstreamProgress progress = new UpstreamProgress((any, partition) -> partition == 1, List.of(), nanos::get);

        assertThat(progress.settled(topics, 1)).as("read just now").isFalse();
        nanos.addAndGet(UpstreamProgress.SETTLED_NANOS - 1);
        assertThat(progress.settled(topics, 1)).isFalse();
        nanos.addAndGet(1);
        assertThat(progress.settled(topics, 1)).isTrue();
        assertThat(progress.settled(topics, 0)).isFalse();
        nanos.addAndGet(UpstreamProgress.SETTLED_NANOS - 1);
        assertThat(progress.settled(topics, 0)).isFalse();
    }

    @Test
    void whatWasNotAskedForAWhileBeginsAnew() {
        AtomicLong nanos = new AtomicLong();
        UpstreamProgress progress = new UpstreamProgress(InputProgress.COMPLETE, List.of(), nanos::get);

        assertThat(settledAfter(progress, nanos, 0)).isFalse();
        assertThat(settledAfter(progress, nanos, UpstreamProgress.SETTLED_NANOS))
                .isFalse();
        assertThat(settledAfter(progress, nanos, UpstreamProgress.SETTLED_NANOS - 1))
                .isFalse();
        assertThat(settledAfter(progress, nanos, 1)).isTrue();
    }

    @Test
    void settledOnlyOnceWhatWritesItHasReadItsOwnInput() {
        AtomicLong nanos = new AtomicLong();
        UpstreamProgress progress =
                new UpstreamProgress(InputProgress.COMPLETE, List.of(new Writer("events.clicks", false)), nanos::get);

        settledAfter(progress, nanos, 0);
        settledAfter(progress, nanos, UpstreamProgress.SETTLED_NANOS - 1);

        assertThat(settledAfter(progress, nanos, 1)).isFalse();
    }

    private static boolean settledAfter(UpstreamProgress progress, AtomicLong nanos, long more) {
        nanos.addAndGet(more);
        return progress.settled(EVENTS);
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
