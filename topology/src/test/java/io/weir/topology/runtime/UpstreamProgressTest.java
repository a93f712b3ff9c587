package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UpstreamProgressTest {

    private static final String HOP = "by-merchant";
    private static final Set<String> EVENTS = Set.of("events.clicks", "events.video");
    private static final Input COMPLETE = new Input(() -> true);
    private static final Input BEHIND = new Input(() -> false);

    @Test
    void anInputIsReadToItsEndOnlyOnceWhatWritesItIs() {
        assertThat(ask(COMPLETE, new Writer("events.clicks", true))).isTrue();
        assertThat(ask(COMPLETE, new Writer("events.clicks", false))).isFalse();
        assertThat(ask(COMPLETE, new Writer("events.clicks", true), new Writer("events.video", false)))
                .isFalse();
    }

    @Test
    void whatDoesNotWriteItDoesNotMatter() {
        assertThat(ask(COMPLETE, new Writer("sessions", false))).isTrue();
        assertThat(ask(COMPLETE)).isTrue();
    }

    @Test
    void theInputItselfComesFirst() {
        assertThat(ask(BEHIND, new Writer("events.clicks", true))).isFalse();
    }

    @Test
    void settledOnceNothingWasLeftForSomeSeconds() {
        AtomicBoolean read = new AtomicBoolean();
        AtomicLong nanos = new AtomicLong();
        UpstreamProgress progress = new UpstreamProgress(new Input(read::get), List.of(), nanos::get);

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

    /** From topic to topic, each time long enough for a commit. */
    @Test
    void whatWasSentIsReadOnceItCameThroughAllTopics() {
        AtomicLong nanos = new AtomicLong();
        UpstreamProgress progress = new UpstreamProgress(new Since(nanos), List.of(), nanos::get);

        assertThat(hasRead(progress, 1)).isFalse();
        for (int hop = 1; hop < UpstreamProgress.HOPS; hop++) {
            nanos.addAndGet(UpstreamProgress.SETTLED_NANOS - 1);
            assertThat(hasRead(progress, 1)).isFalse();
            nanos.addAndGet(1);
            assertThat(hasRead(progress, 1)).isEqualTo(hop == UpstreamProgress.HOPS - 1);
        }
        assertThat(hasRead(progress, 1)).as("it stays read").isTrue();
        assertThat(hasRead(progress, 2)).as("asked anew").isFalse();
    }

    @Test
    void whatWasSentIsNotReadWhileWhatWritesItLags() {
        AtomicLong nanos = new AtomicLong();
        UpstreamProgress progress =
                new UpstreamProgress(COMPLETE, List.of(new Writer("events.clicks", false)), nanos::get);

        for (int i = 0; i < 2 * UpstreamProgress.HOPS; i++) {
            nanos.addAndGet(UpstreamProgress.SETTLED_NANOS);
            assertThat(hasRead(progress, 1)).isFalse();
        }
    }

    @Test
    void anotherPartitionMayLagForEver() {
        AtomicLong nanos = new AtomicLong();
        UpstreamProgress progress = new UpstreamProgress(COMPLETE, List.of(), nanos::get);
        boolean ofLagging = false;
        boolean ofOther = false;
        for (int i = 0; i < UpstreamProgress.HOPS; i++) {
            ofLagging = progress.hasRead(EVENTS, Set.of(HOP), 1, 7);
            ofOther = progress.hasRead(EVENTS, Set.of(HOP), 0, 7);
            nanos.addAndGet(UpstreamProgress.SETTLED_NANOS);
        }

        assertThat(ofLagging).isFalse();
        assertThat(ofOther).isTrue();
    }

    private static boolean hasRead(UpstreamProgress progress, long round) {
        return progress.hasRead(EVENTS, Set.of(HOP), 0, round);
    }

    /** Seen empty at every moment at which it is asked, and not in the future. */
    private record Since(AtomicLong nanos) implements UpstreamProgress.Own {

        @Override
        public boolean caughtUp(Set<String> topics, int partition) {
            return false;
        }

        @Override
        public boolean emptiedSince(Predicate<TopicPartition> concerned, long since) {
            return nanos.get() >= since;
        }
    }

    @Test
    void whatWasNotAskedForAWhileBeginsAnew() {
        AtomicLong nanos = new AtomicLong();
        UpstreamProgress progress = new UpstreamProgress(COMPLETE, List.of(), nanos::get);

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
                new UpstreamProgress(COMPLETE, List.of(new Writer("events.clicks", false)), nanos::get);

        settledAfter(progress, nanos, 0);
        settledAfter(progress, nanos, UpstreamProgress.SETTLED_NANOS - 1);

        assertThat(settledAfter(progress, nanos, 1)).isFalse();
    }

    private static boolean settledAfter(UpstreamProgress progress, AtomicLong nanos, long more) {
        nanos.addAndGet(more);
        return progress.settled(EVENTS);
    }

    private static boolean ask(Input own, Writer... writers) {
        return new UpstreamProgress(own, List.of(writers)).caughtUp(EVENTS, 0);
    }

    /** Partition 1 of the internal topic always lags. */
    private record Input(BooleanSupplier read) implements UpstreamProgress.Own {

        @Override
        public boolean caughtUp(Set<String> topics, int partition) {
            return read.getAsBoolean();
        }

        @Override
        public boolean emptiedSince(Predicate<TopicPartition> concerned, long since) {
            return read.getAsBoolean() && !concerned.test(new TopicPartition(HOP, 1));
        }
    }

    private record Writer(String topic, boolean caughtUp) implements UpstreamProgress.Upstream {

        @Override
        public boolean emptiedSince(long since) {
            return caughtUp;
        }

        @Override
        public boolean writes(Set<String> topics) {
            return !Collections.disjoint(Set.of(topic), topics);
        }
    }
}
