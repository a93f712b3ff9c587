package io.weir.sessionizer;

import io.weir.schemas.Acquisition;
import io.weir.schemas.Channel;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Interaction;
import io.weir.schemas.Origin;
import io.weir.schemas.Page;
import io.weir.schemas.PageView;
import io.weir.schemas.Purchase;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events for tests: what is not said is the same for all. */
public final class EventBuilder {

    /** 2026-03-01T10:00:00Z. */
    public static final long TEN = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

    private final Event event = new Event();
    private long clock = Long.MIN_VALUE;

    private EventBuilder(EventKind kind) {
        event.setKind(kind);
        event.setVisitorId("v");
        at("10:00:00");
    }

    public static EventBuilder pageView(String path) {
        EventBuilder builder = new EventBuilder(EventKind.page_view);
        builder.event.setPageView(new PageView(null, null, Map.of()));
        return builder.page(path);
    }

    public static EventBuilder interaction() {
        EventBuilder builder = new EventBuilder(EventKind.interaction);
        builder.event.setInteraction(new Interaction("Signed Up", Map.of()));
        return builder;
    }

    public static EventBuilder impression() {
        return new EventBuilder(EventKind.impression);
    }

    public static EventBuilder purchase(String currency, long micros) {
        EventBuilder builder = new EventBuilder(EventKind.purchase);
        builder.event.setPurchase(new Purchase("order", micros, currency, null, List.of()));
        return builder;
    }

    public EventBuilder id(String id) {
        event.setEventId(id);
        return this;
    }

    public EventBuilder visitor(String visitor) {
        event.setVisitorId(visitor);
        return this;
    }

    public EventBuilder customer(String customer) {
        event.setCustomerId(customer);
        return this;
    }

    public EventBuilder page(String path) {
        event.setPage(Page.newBuilder()
                .setUrl("https://shop.example" + path)
                .setPath(path)
                .build());
        return this;
    }

    public EventBuilder referrer(String referrer) {
        event.getPage().setReferrer(referrer);
        return this;
    }

    public EventBuilder campaign(String campaign) {
        event.setAcquisition(new Acquisition(Channel.paid_search, "engine", "cpc", campaign, null, null));
        return this;
    }

    public EventBuilder agent(String agent, boolean bot) {
        event.setClient(Client.newBuilder().setUserAgent(agent).setIsBot(bot).build());
        return this;
    }

    /** On 2026-03-01, such as {@code 10:00:01} or {@code 10:00:01.250}. */
    public EventBuilder at(String time) {
        return at(millis(time));
    }

    public EventBuilder at(long millis) {
        event.setOccurredAt(Instant.ofEpochMilli(millis));
        event.setEventId("e-" + millis);
        return this;
    }

    /** Event time that the raw partition had reached; without this, the event's own. */
    public EventBuilder clock(String time) {
        clock = millis(time);
        return this;
    }

    public Event build() {
        event.setReceivedAt(event.getOccurredAt());
        Instant reached = clock == Long.MIN_VALUE ? event.getOccurredAt() : Instant.ofEpochMilli(clock);
        event.setOrigin(new Origin("collector.web", 0, 0L, reached));
        return event;
    }

    public static long millis(String time) {
        return Instant.parse("2026-03-01T" + time + "Z").toEpochMilli();
    }
}
