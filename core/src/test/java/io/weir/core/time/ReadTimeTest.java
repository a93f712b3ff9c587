package io.weir.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadTimeTest {

    private static final long NOW = Instant.parse("2026-05-01T10:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final AtomicLong millis = new AtomicLong(NOW);
    private final AtomicBoolean idle = new AtomicBoolean();
    private final ReadTime time =
            new ReadTime(new WallClock(source()), (topics, partition) -> idle.get(), Set.of("events"));

    private InstantSource source() {
        return () -> Instant.ofEpochMilli(millis.get());
    }

    @Test
    void inABacklogItIsThatOfTheNewestEvent() {
        time.seen(NOW - 3 * HOUR);
        time.seen(NOW - 4 * HOUR);

        assertThat(time.reached()).isEqualTo(NOW - 3 * HOUR);
    }

    @Test
    void itGoesOnWhileNothingIsLeftToRead() {
        time.seen(NOW - 20);
        idle.set(true);
        millis.addAndGet(HOUR);

        assertThat(time.reached()).isEqualTo(NOW + HOUR - 20);
    }

    /** As from a cluster that is mirrored with a delay: what came just now is not long over. */
    @Test
    void whereAllEventsComeLateItIsLate() {
        idle.set(true);
        assertThat(time.reached()).as("before the first").isEqualTo(NOW);
        for (int i = 0; i < 10; i++) {
            time.seen(millis.get() - 5 * HOUR);
            assertThat(time.reached()).isEqualTo(millis.get() - 5 * HOUR);
            millis.addAndGet(500);
            assertThat(time.reached()).isEqualTo(millis.get() - 5 * HOUR);
        }
    }

    /** After a restart: what is due before the first event must not be dated 1970. */
    @Test
    void beforeTheFirstEventItIsKnownAsItWasReached() {
        assertThat(time.reached()).isZero();
        assertThat(time.known()).isZero();
        idle.set(true);
        assertThat(time.reached()).isEqualTo(NOW);

        assertThat(time.known()).isEqualTo(NOW);
    }

    @Test
    void itNeverGoesBack() {
        time.seen(NOW);
        idle.set(true);
        millis.addAndGet(HOUR);
        assertThat(time.reached()).isEqualTo(NOW + HOUR);

        idle.set(false);
        assertThat(time.reached()).isEqualTo(NOW + HOUR);
    }

    @Test
    void anEventOfTheFutureDoesNotMoveItThere() {
        time.seen(NOW + HOUR);

        assertThat(time.reached()).isEqualTo(NOW);
    }

    @Test
    void beforeTheFirstEventItIsTheWallClocks() {
        idle.set(true);

        assertThat(time.reached()).isEqualTo(NOW);
    }
}
