package io.weir.sessionizer.session;

import io.weir.schemas.Acquisition;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Page;

/**
 * What a session needs to know of an event.
 *
 * @param mark where it stands
 * @param kind what happened
 * @param path path of the page, page views only; null where there is none
 * @param customer customer, null where not known
 * @param campaign campaign, null where there is none
 * @param purchase money that changed hands, null where none did
 * @param bot whether it came from a declared robot
 * @param touch what is kept of it if it is its session's first
 */
public record SessionEvent(
        Mark mark,
        EventKind kind,
        String path,
        String customer,
        String campaign,
        Amount purchase,
        boolean bot,
        FirstTouch touch) {

    /**
     * Money.
     *
     * @param currency ISO 4217
     * @param micros millionths of the currency unit, negative for a refund
     */
    public record Amount(String currency, long micros) {}

    /** What a session needs to know of this event. */
    public static SessionEvent of(Event event) {
        Page page = event.getPage();
        Acquisition acquisition = event.getAcquisition();
        Client client = event.getClient();
        return new SessionEvent(
                new Mark(event.getOccurredAt().toEpochMilli(), event.getEventId()),
                event.getKind(),
                page != null && event.getKind() == EventKind.page_view ? page.getPath() : null,
                event.getCustomerId(),
                campaign(acquisition),
                event.getPurchase() == null
                        ? null
                        : new Amount(
                                event.getPurchase().getCurrency(),
                                event.getPurchase().getAmountMicros()),
                client != null && client.getIsBot(),
                new FirstTouch(page == null ? null : page.getReferrer(), acquisition, client));
    }

    /** Event time, milliseconds UTC. */
    public long at() {
        return mark.at();
    }

    /** The campaign that brought a visitor; null if none did. */
    public static String campaign(Acquisition acquisition) {
        if (acquisition == null) {
            return null;
        }
        String campaign = acquisition.getCampaign();
        return campaign == null || campaign.isEmpty() ? null : campaign;
    }
}
