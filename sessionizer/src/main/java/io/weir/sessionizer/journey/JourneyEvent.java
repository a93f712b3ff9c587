package io.weir.sessionizer.journey;

import io.weir.schemas.Acquisition;
import io.weir.schemas.Client;
import io.weir.schemas.EventKind;

/**
 * An event as a journey keeps it.
 *
 * @param occurredAt event time, milliseconds UTC
 * @param eventId id of the event
 * @param kind what happened
 * @param customerId null where not known
 * @param page null where there was none
 * @param acquisition null where there was none
 * @param client null where there was none; without {@link JourneyStore.Clients#WHOLE} only is_bot, device class and
 *     browser are set
 * @param detail of the payload; null where it was missing
 */
public record JourneyEvent(
        long occurredAt,
        String eventId,
        EventKind kind,
        String customerId,
        PageSeen page,
        Acquisition acquisition,
        Client client,
        JourneyDetail detail) {

    /**
     * The page on which it happened.
     *
     * @param url absolute address
     * @param path path of the address
     * @param title may be null
     * @param referrer may be null
     */
    public record PageSeen(String url, String path, String title, String referrer) {}

    /** Whether it came from a declared robot. */
    public boolean bot() {
        return client != null && client.getIsBot();
    }

    /** Where to go on reading after this event. */
    public JourneyCursor cursor() {
        return new JourneyCursor(occurredAt, eventId);
    }
}
