package io.weir.fraud;

import io.weir.schemas.AppSignal;
import io.weir.schemas.Click;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Impression;
import io.weir.schemas.Interaction;
import io.weir.schemas.Origin;
import io.weir.schemas.Purchase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events as tests need them. */
public final class EventBuilder {

    private final Event.Builder event;
    private final Client.Builder client =
            Client.newBuilder().setIsBot(false).setIpHash("ip-1").setIpPrefix("203.0.113.0/24");
    private String merchant = "m-1";
    private String ad = "ad-1";
    private String impression;

    private EventBuilder(EventKind kind, String id, String visitor, Instant at) {
        event = Event.newBuilder()
                .setEventId(id)
                .setKind(kind)
                .setVisitorId(visitor)
                .setOccurredAt(at)
                .setReceivedAt(at)
                .setOrigin(new Origin("collector.web", 0, 0L, at));
    }

    /** A click of a visitor on {@code ad-1} of {@code m-1}. */
    public static EventBuilder click(String id, String visitor, Instant at) {
        return new EventBuilder(EventKind.click, id, visitor, at);
    }

    /** An impression. */
    public static EventBuilder impression(String id, String visitor, Instant at) {
        return new EventBuilder(EventKind.impression, id, visitor, at);
    }

    /** A purchase at {@code m-1}. */
    public static EventBuilder purchase(String id, String visitor, Instant at) {
        return new EventBuilder(EventKind.purchase, id, visitor, at);
    }

    /** The token of an app. */
    public static Event token(String id, String visitor, String token, String scheme, Instant at) {
        EventBuilder builder = new EventBuilder(EventKind.app_signal, id, visitor, at);
        return builder.event.setAppSignal(new AppSignal(token, scheme)).build();
    }

    /** As {@link #token}, of an event that says itself that it is older than when it was received. */
    public static Event backdated(Event token, Duration by) {
        return Event.newBuilder(token)
                .setOccurredAt(token.getReceivedAt().minus(by))
                .build();
    }

    /** A named event. */
    public static Event interaction(
            String id, String visitor, String name, Map<String, Object> properties, Instant at) {
        EventBuilder builder = new EventBuilder(EventKind.interaction, id, visitor, at);
        return builder.event.setInteraction(new Interaction(name, properties)).build();
    }

    /** Of another merchant. */
    public EventBuilder merchant(String other) {
        merchant = other;
        return this;
    }

    /** Of an impression. */
    public EventBuilder of(String impressionId) {
        impression = impressionId;
        return this;
    }

    /** From another address. */
    public EventBuilder from(String ipHash, String ipPrefix) {
        client.setIpHash(ipHash).setIpPrefix(ipPrefix);
        return this;
    }

    /** A declared robot's. */
    public EventBuilder bot() {
        client.setIsBot(true);
        return this;
    }

    /** Its raw partition's clock was already here. */
    public EventBuilder clock(Instant clock) {
        event.setOrigin(new Origin("collector.web", 0, 0L, clock));
        return this;
    }

    /** The event. */
    public Event build() {
        switch (event.getKind()) {
            case click -> event.setClick(new Click(merchant, "c-1", ad, null, impression, null, null));
            case impression -> event.setImpression(new Impression(merchant, "c-1", ad, null, impression, null, null));
            case purchase ->
                event.setPurchase(new Purchase("o-" + event.getEventId(), 10_000_000L, "EUR", merchant, List.of()));
            default -> throw new IllegalStateException("no builder for " + event.getKind());
        }
        return event.setClient(client.build()).build();
    }
}
