package io.weir.intake.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DedupeMemoryTest {

    private static final long END = Instant.parse("2100-12-31T23:59:59.999Z").toEpochMilli();

    @Property
    void copiesThatAreNearEnoughLieInTheSameOrInNeighbouringWindows(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long length,
            @ForAll @LongRange(min = 0, max = 4_133_980_799_999L) long first,
            @ForAll @LongRange(min = 0, max = 4_133_980_799_999L) long second) {
        DedupeMemory memory = new DedupeMemory(length);

        long windowsApart = (memory.windowOf(first) - memory.windowOf(second)) / length;

        assertThat(memory.remembers(first, second)).isEqualTo(Math.abs(first - second) <= length);
        if (memory.remembers(first, second)) {
            assertThat(windowsApart).isBetween(-1L, 1L);
        } else {
            assertThat(windowsApart).isNotZero();
        }
    }

    @Property
    void anEventAWholeMemoryBehindTheNewestStillFindsTheWindowBeforeItsOwn(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long length,
            @ForAll @LongRange(min = 0, max = 4_133_980_799_999L) long newest) {
        DedupeMemory memory = new DedupeMemory(length);

        long before = memory.windowOf(newest - length) - length;

        assertThat(before).isGreaterThan(memory.windowOf(newest) - memory.retention());
    }

    @Test
    void recordedTimeIsOneWindowThatBeginsAtTheEpoch() {
        assertThat(DedupeMemory.EVERYTHING.windowOf(0)).isZero();
        assertThat(DedupeMemory.EVERYTHING.windowOf(END)).isZero();
        assertThat(DedupeMemory.EVERYTHING.remembers(0, END)).isTrue();
        assertThat(DedupeMemory.EVERYTHING.retention()).isPositive();
    }

    @Test
    void aMemoryOfNothingIsRefused() {
        assertThatThrownBy(() -> new DedupeMemory(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
