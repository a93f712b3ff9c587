package io.weir.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.CollectedEvent;
import java.util.Arrays;
import java.util.Iterator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TrafficDeterminismTest {

    @Property(tries = 5)
    void sameSettingsGiveTheSameMessagesByteByByte(@ForAll long seed) {
        TrafficSettings settings = TrafficSettings.builder()
                .seed(seed)
                .events(3_000)
                .visitors(5_000)
                .build();

        Iterator<Message<byte[]>> first = Traffic.from(settings).segmentJson();
        Iterator<Message<byte[]>> second = Traffic.from(settings).segmentJson();

        while (first.hasNext()) {
            Message<byte[]> one = first.next();
            Message<byte[]> other = second.next();
            assertThat(other.value()).isEqualTo(one.value());
            assertThat(other.key()).isEqualTo(one.key());
            assertThat(other.appendedAt()).isEqualTo(one.appendedAt());
            assertThat(other.labels().size()).isEqualTo(one.labels().size());
        }
        assertThat(second.hasNext()).isFalse();
    }

    @Test
    void sameSettingsGiveTheSameCollectedEvents() {
        TrafficSettings settings = TrafficSettings.builder().events(5_000).build();

        Iterator<Message<CollectedEvent>> first = Traffic.from(settings).collectedEvents();
        Iterator<Message<CollectedEvent>> second = Traffic.from(settings).collectedEvents();

        while (first.hasNext()) {
            assertThat(second.next().value()).isEqualTo(first.next().value());
        }
        assertThat(second.hasNext()).isFalse();
    }

    /** Pins the traffic down across runs, machines and versions of Java: a change of it is a decision, not an accident. */
    @Test
    void theFirstMessagesOfTheDefaultSeedAreTheseBytes() {
        Iterator<Message<byte[]>> messages =
                Traffic.from(TrafficSettings.defaults()).segmentJson();

        int hash = 1;
        for (int i = 0; i < 2_000; i++) {
            Message<byte[]> message = messages.next();
            hash = 31 * hash + Arrays.hashCode(message.value());
            hash = 31 * hash + Long.hashCode(message.appendedAt());
        }

        assertThat(hash).isEqualTo(-923934294);
    }

    @Test
    void anotherSeedGivesOtherVisitors() {
        TrafficSettings one = TrafficSettings.builder().seed(1).events(500).build();
        TrafficSettings other = TrafficSettings.builder().seed(2).events(500).build();

        assertThat(Labels.of(one))
                .extracting(label -> label.truth().visit().visitorId())
                .doesNotContainAnyElementsOf(Labels.of(other).stream()
                        .map(label -> label.truth().visit().visitorId())
                        .toList());
    }

    @Test
    void bothEncodingsTellOfTheSameEvents() {
        TrafficSettings settings =
                TrafficSettings.builder().events(4_000).brokenShare(0).build();

        Iterator<Message<CollectedEvent>> messages = Traffic.from(settings).collectedEvents();

        for (Label label : Labels.of(settings)) {
            assertThat(messages.next().labels())
                    .extracting(l -> l.truth().eventId())
                    .containsExactly(label.truth().eventId());
        }
        assertThat(messages.hasNext()).isFalse();
    }
}
