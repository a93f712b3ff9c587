package io.weir.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.time.StreamClock.Duty;
import io.weir.core.time.StreamClock.Phase;
import io.weir.core.time.StreamClock.Stage;
import org.junit.jupiter.api.Test;

class RecordedClockTest {

    private final RecordedClock clock = new RecordedClock();

    @Test
    void nothingLeavesUntilTheInputHasEnded() {
        Duty duty = clock.duty(Stage.EVENTS, "a");

        assertThat(duty.phase()).isEqualTo(Phase.HELD);
        assertThat(clock.settled(Stage.EVENTS)).isFalse();
    }

    @Test
    void aStageIsSettledWhenAllItsTasksAre() {
        Duty first = clock.duty(Stage.EVENTS, "a");
        Duty second = clock.duty(Stage.EVENTS, "b");
        Duty total = clock.duty(Stage.TOTALS, "c");

        clock.end(Stage.EVENTS);
        first.settled();

        assertThat(clock.settled(Stage.EVENTS)).isFalse();
        assertThat(total.phase()).isEqualTo(Phase.HELD);

        second.settled();

        assertThat(clock.settled(Stage.EVENTS)).isTrue();
        assertThat(first.phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void aTaskThatIsGoneOwesNothing() {
        clock.duty(Stage.EVENTS, "a").close();

        clock.end(Stage.EVENTS);

        assertThat(clock.settled(Stage.EVENTS)).isTrue();
    }
}
