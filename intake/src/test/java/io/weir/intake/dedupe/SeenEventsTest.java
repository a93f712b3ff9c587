package io.weir.intake.dedupe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenEventsTest {

    private static final long HOUR = 3_600_000;
    private static final DedupeMemory MEMORY = new DedupeMemory(HOUR);
    /** A border between two windows. */
    private static final long BORDER =
            MEMORY.windowOf(Instant.parse("2026-03-01T12:30:00Z").toEpochMilli());

    @TempDir
    Path directory;

    private WindowStore<byte[], byte[]> store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void aCopyWithTheSameTimeIsADuplicate() {
        SeenEvents seen = open(MEMORY);

        assertThat(seen.remember(id("a"), BORDER)).isTrue();
        assertThat(seen.remember(id("a"), BORDER)).isFalse();
        assertThat(seen.remember(id("b"), BORDER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-HOUR, -HOUR + 1, -1, 1, HOUR - 1, HOUR})
    void aCopyUpToTheWholeMemoryAwayIsADuplicateOnEitherSideOfAWindowsBorder(long distance) {
        SeenEvents seen = open(MEMORY);

        assertThat(seen.remember(id("at the border"), BORDER)).isTrue();
        assertThat(seen.remember(id("at the border"), BORDER + distance)).isFalse();
        assertThat(seen.remember(id("inside"), BORDER + HOUR / 2)).isTrue();
        assertThat(seen.remember(id("inside"), BORDER + HOUR / 2 + distance)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-HOUR - 1, HOUR + 1})
    void aCopyOneMillisecondFurtherThanTheMemoryIsAnEventOfItsOwn(long distance) {
        SeenEvents seen = open(MEMORY);

        assertThat(seen.remember(id("at the border"), BORDER)).isTrue();
        assertThat(seen.remember(id("at the border"), BORDER + distance)).isTrue();
        assertThat(seen.remember(id("inside"), BORDER + HOUR / 2)).isTrue();
        assertThat(seen.remember(id("inside"), BORDER + HOUR / 2 + distance)).isTrue();
    }

    @Test
    void nothingWithinTheMemoryIsForgottenAsTimeGoesOn() {
        SeenEvents seen = open(MEMORY);
        Random random = new Random(7);
        List<Long> times = new ArrayList<>();

        long newest = BORDER;
        for (int i = 0; i < 5_000; i++) {
            newest += random.nextInt(20_000);
            long occurredAt = newest - random.nextLong(HOUR + 1);
            times.add(occurredAt);
            assertThat(seen.remember(id("e-" + i), occurredAt)).isTrue();
            int earlier = random.nextInt(times.size());
            long copy = newest - random.nextLong(HOUR + 1);
            if (Math.abs(times.get(earlier) - copy) <= HOUR && times.get(earlier) >= newest - 2 * HOUR) {
                assertThat(seen.remember(id("e-" + earlier), copy))
                        .as("copy at %d of an event at %d, newest %d", copy, times.get(earlier), newest)
                        .isFalse();
            }
        }
    }

    @Test
    void ofRecordedInputNothingIsForgottenInAnyOrder() {
        SeenEvents seen = open(DedupeMemory.EVERYTHING);
        long first = Instant.parse("1971-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("2100-12-31T23:59:59.999Z").toEpochMilli();

        assertThat(seen.remember(id("a"), last)).isTrue();
        assertThat(seen.remember(id("b"), first)).isTrue();
        assertThat(seen.remember(id("a"), first)).isFalse();
        assertThat(seen.remember(id("b"), last)).isFalse();
    }

    private SeenEvents open(DedupeMemory memory) {
        Properties properties = new Properties();
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(properties, new TaskId(0, 0), directory.toFile());
        store = SeenEvents.builder(memory).withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        return new SeenEvents(store, memory);
    }

    private static byte[] id(String text) {
        byte[] fingerprint = new byte[EventFingerprint.LENGTH];
        new EventFingerprint().write("v".getBytes(UTF_8), text, fingerprint, 0);
        return fingerprint;
    }
}
