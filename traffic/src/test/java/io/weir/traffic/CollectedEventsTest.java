package io.weir.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.CollectedEvent;
import io.weir.schemas.DeadLetterReason;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CollectedEventsTest {
    private static final TrafficSettings SETTINGS =
            TrafficSettings.builder().events(20_000).brokenShare(0.03).build();

    @Test
    void everyEventIsValidAvroAndReadsBackAsItWas() throws IOException {
        Iterator<Message<CollectedEvent>> messages = Traffic.from(SETTINGS).collectedEvents();

        while (messages.hasNext()) {
            CollectedEvent event = messages.next().value();
            assertThat(CollectedEvent.fromByteBuffer(event.toByteBuffer())).isEqualTo(event);
        }
    }

    @Test
    void everyEventHasThePayloadOfItsKind() {
        Iterator<Message<CollectedEvent>> messages = Traffic.from(SETTINGS).collectedEvents();

        while (messages.hasNext()) {
            Message<CollectedEvent> message = messages.next();
            CollectedEvent event = message.value();
            assertThat(message.labels()).hasSize(1);
            assertThat(Stream.of(
                                    Map.entry("page_view", event.getPageView() != null),
                                    Map.entry("impression", event.getImpression() != null),
                                    Map.entry("click", event.getClick() != null),
                                    Map.entry("video", event.getVideo() != null),
                                    Map.entry("purchase", event.getPurchase() != null),
                                    Map.entry("exposure", event.getExposure() != null),
                                    Map.entry("app_signal", event.getAppSignal() != null),
                                    Map.entry("interaction", event.getInteraction() != null))
                            .filter(Map.Entry::getValue)
                            .map(Map.Entry::getKey))
                    .containsExactly(message.labels().get(0).kind().name());
        }
    }

    @Test
    void eventTimeIsWhenItHappenedUnlessTheClockIsWhatIsBroken() {
        Iterator<Message<CollectedEvent>> messages = Traffic.from(SETTINGS).collectedEvents();

        while (messages.hasNext()) {
            Message<CollectedEvent> message = messages.next();
            CollectedEvent event = message.value();
            Label label = message.labels().get(0);
            long eventTime = event.getOccurredAt() != null
                    ? event.getOccurredAt().toEpochMilli()
                    : event.getReceivedAt().toEpochMilli()
                            - (event.getSentAt().toEpochMilli()
                                    - event.getOriginatedAt().toEpochMilli());
            boolean wrongClock = label.refusal()
                    .filter(reason -> reason == DeadLetterReason.TOO_OLD || reason == DeadLetterReason.TOO_NEW)
                    .isPresent();
            assertThat(eventTime == label.truth().occurredAt()).isEqualTo(!wrongClock);
        }
    }

    @Test
    void refundsAreNegative() {
        TrafficSettings sixtyMinutes =
                TrafficSettings.builder().events(60_000).rate(20).build();
        Iterator<Message<CollectedEvent>> messages = Traffic.from(sixtyMinutes).collectedEvents();
        long refunds = 0;

        while (messages.hasNext()) {
            Message<CollectedEvent> message = messages.next();
            if (message.labels().get(0).truth().payload() instanceof Payload.Refunded) {
                refunds++;
                assertThat(message.value().getPurchase().getAmountMicros()).isNegative();
            }
        }

        assertThat(refunds).isPositive();
    }
}
