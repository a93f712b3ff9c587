package io.weir.sessionizer.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionClockTest {

    private static final long IDLE_AFTER = 5_000;

    private final SessionClock clock = new SessionClock();

    @Test
    void showsTheLargestEventTimeWhileEventsCome() {
        clock.arrived(1_000_000, 50_000);
        clock.arrived(900_000, 54_999);

        assertThat(clock.advance(59_998, IDLE_AFTER, () -> true)).isEqualTo(1_000_000);
    }

    @Test
    void goesOnFromTheLastArrivalOnceTheInputIsIdle() {
        clock.arrived(1_000_000, 50_000);

        assertThat(clock.advance(55_000, IDLE_AFTER, () -> true)).isEqualTo(1_005_000);
        assertThat(clock.advance(56_500, IDLE_AFTER, () -> true)).isEqualTo(1_006_500);
    }

    @Test
    void standsWhileThereIsMoreToRead() {
        clock.arrived(1_000_000, 50_000);

        assertThat(clock.advance(90_000, IDLE_AFTER, () -> false)).isEqualTo(1_000_000);
    }

    @Test
    void neverGoesBack() {
        clock.arrived(1_000_000, 50_000);
        clock.advance(80_000, IDLE_AFTER, () -> true);
        clock.arrived(1_001_000, 80_001);

        assertThat(clock.advance(80_002, IDLE_AFTER, () -> true)).isEqualTo(1_030_000);
    }

    @Test
    void beforeTheFirstEventItShowsNothing() {
        assertThat(clock.advance(80_000, IDLE_AFTER, () -> true)).isZero();
    }
}
