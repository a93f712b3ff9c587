package io.weir.traffic;

import java.time.Instant;

/**
 * One event of the model, before it is encoded.
 *
 * @param eventId unique
 * @param occurredAt milliseconds since the epoch, UTC
 * @param customerId null while nobody is signed in
 * @param page null for what a server sends
 * @param author the truth about the event; not part of the message
 */
public record ShopEvent(
        String eventId, long occurredAt, Visit visit, String customerId, PageRef page, Payload payload, Author author) {

    /** Event time. */
    public Instant time() {
        return Instant.ofEpochMilli(occurredAt);
    }

    ShopEvent withOccurredAt(long millis) {
        return new ShopEvent(eventId, millis, visit, customerId, page, payload, author);
    }

    ShopEvent withVisitorId(String id) {
        return new ShopEvent(eventId, occurredAt, visit.withVisitorId(id), customerId, page, payload, author);
    }

    ShopEvent withCustomerId(String id) {
        return new ShopEvent(eventId, occurredAt, visit, id, page, payload, author);
    }

    ShopEvent withUrl(String url) {
        return new ShopEvent(eventId, occurredAt, visit, customerId, page.withUrl(url), payload, author);
    }

    ShopEvent withPayload(Payload other) {
        return new ShopEvent(eventId, occurredAt, visit, customerId, page, other, author);
    }
}
