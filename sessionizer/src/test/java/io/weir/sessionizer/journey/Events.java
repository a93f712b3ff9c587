package io.weir.sessionizer.journey;

import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Origin;
import io.weir.schemas.Page;
import io.weir.schemas.PageView;
import java.time.Instant;
import java.util.Map;

/** Events for tests. */
final class Events {

    private Events() {}

    static Event pageView(String visitor, long occurredAt, String id) {
        Event event = event(visitor, occurredAt, id, EventKind.page_view);
        event.setPage(new Page("https://shop.example/p", "/p", null, null, null, null));
        event.setPageView(new PageView(null, null, Map.of()));
        return event;
    }

    static Event event(String visitor, long occurredAt, String id, EventKind kind) {
        Instant at = Instant.ofEpochMilli(occurredAt);
        Event event = new Event();
        event.setEventId(id);
        event.setKind(kind);
        event.setOccurredAt(at);
        event.setReceivedAt(at);
        event.setVisitorId(visitor);
        event.setOrigin(new Origin("collector.web", 0, 0L, at));
        return event;
    }
}
