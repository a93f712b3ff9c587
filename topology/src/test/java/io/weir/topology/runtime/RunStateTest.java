package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.topology.runtime.FeatureStatus.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

class RunStateTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    private final AtomicLong nanos = new AtomicLong();
    private final RunState state = new RunState(nanos::get);

    @Test
    void aFeatureThatHasNeverRunIsNotReadyHoweverShortItRebalances() {
        state.moved(KafkaStreams.State.REBALANCING);

        assertThat(status())
                .isEqualTo(new FeatureStatus("f", State.REBALANCING, Duration.ZERO, false, Optional.empty()));
        assertThat(status().ready(BOUND)).isFalse();
    }

    @Test
    void aRunningFeatureIsReady() {
        state.moved(KafkaStreams.State.REBALANCING);
        state.moved(KafkaStreams.State.RUNNING);

        assertThat(status().ready(BOUND)).isTrue();
    }

    @Test
    void aFeatureThatHasRunStaysReadyWhileItRebalancesForLessThanTheBound() {
        state.moved(KafkaStreams.State.RUNNING);
        state.moved(KafkaStreams.State.REBALANCING);

        pass(BOUND.minusNanos(1));
        assertThat(status().ready(BOUND)).isTrue();

        pass(Duration.ofNanos(1));
        assertThat(status().ready(BOUND)).isFalse();
    }

    @Test
    void aFeatureWithAThreadThatWaitsIsNotReadyUntilItGoesOn() {
        state.moved(KafkaStreams.State.RUNNING);

        state.waiting(1);
        assertThat(status().state()).isEqualTo(State.WAITING);
        assertThat(status().ready(BOUND)).isFalse();

        state.waiting(-1);
        assertThat(status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aFailedFeatureStaysFailedWithItsFirstFault() {
        state.moved(KafkaStreams.State.RUNNING);

        assertThat(state.failed(new AssertionError("first"))).isTrue();
        assertThat(state.failed(new AssertionError("second"))).isFalse();
        state.moved(KafkaStreams.State.PENDING_ERROR);
        state.closing();
        state.closed();

        assertThat(status().state()).isEqualTo(State.FAILED);
        assertThat(status().failure().orElseThrow()).startsWith("AssertionError: first");
    }

    @Test
    void aStopShowsFromItsBeginning() {
        state.moved(KafkaStreams.State.RUNNING);

        state.closing();
        assertThat(status().state()).isEqualTo(State.STOPPING);

        state.closed();
        assertThat(status().state()).isEqualTo(State.STOPPED);
    }

    private FeatureStatus status() {
        return state.status("f");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
