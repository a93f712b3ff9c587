package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    @Test
    void waitsTwiceAsLongAfterEachFaultUpToThirtySeconds() {
        List<Duration> waits = new ArrayList<>();
        long now = -5_000_000_000L;

        for (int fault = 0; fault < 8; fault++) {
            Backoff.Pause pause = backoff.after(now);
            waits.add(pause.length());
            now += pause.length().plusMillis(500).toNanos();
        }

        assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void faultsOfOtherThreadsWithinTheWaitShareIt() {
        Backoff.Pause first = backoff.after(0);
        Backoff.Pause second = backoff.after(Duration.ofMillis(400).toNanos());

        assertThat(first).isEqualTo(new Backoff.Pause(Duration.ofSeconds(1), false));
        assertThat(second).isEqualTo(new Backoff.Pause(Duration.ofMillis(600), true));
    }

    @Test
    void startsAgainWithOneSecondAfterACalmSpell() {
        backoff.after(0);
        backoff.after(Duration.ofSeconds(2).toNanos());

        Backoff.Pause afterCalm = backoff.after(Duration.ofMinutes(10).toNanos());

        assertThat(afterCalm).isEqualTo(new Backoff.Pause(Duration.ofSeconds(1), false));
    }
}
