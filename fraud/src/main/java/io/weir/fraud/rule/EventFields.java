package io.weir.fraud.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.weir.schemas.Acquisition;
import io.weir.schemas.Click;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.Impression;
import io.weir.schemas.Interaction;
import io.weir.schemas.Page;
import io.weir.schemas.Purchase;
import io.weir.schemas.VideoProgress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What conditions can read of an event, and nothing else. A text that the event does not have is empty, a number 0, a flag
 * false: a condition never fails because something is missing.
 */
public final class EventFields {

    /** A field: its type, and its value in an event. */
    record Field(CelType type, Function<Event, Object> value) {}

    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType NUMBER = SimpleType.INT;
    private static final CelType FLAG = SimpleType.BOOL;

    private static final Map<String, Field> ALL = all();

    private EventFields() {}

    /** Every field by its name. */
    static Map<String, Field> byName() {
        return ALL;
    }

    private static Map<String, Field> all() {
        Map<String, Field> fields = new LinkedHashMap<>();
        text(fields, "event_id", Event::getEventId);
        text(fields, "kind", event -> event.getKind().name());
        number(fields, "occurred_at_ms", event -> event.getOccurredAt().toEpochMilli());
        number(fields, "received_at_ms", event -> event.getReceivedAt().toEpochMilli());
        text(fields, "visitor_id", Event::getVisitorId);
        text(fields, "customer_id", Event::getCustomerId);
        text(fields, "page.url", of(Event::getPage, Page::getUrl));
        text(fields, "page.path", of(Event::getPage, Page::getPath));
        text(fields, "page.title", of(Event::getPage, Page::getTitle));
        text(fields, "page.referrer", of(Event::getPage, Page::getReferrer));
        text(
                fields,
                "acquisition.channel",
                of(Event::getAcquisition, one -> one.getChannel().name()));
        text(fields, "acquisition.source", of(Event::getAcquisition, Acquisition::getSource));
        text(fields, "acquisition.medium", of(Event::getAcquisition, Acquisition::getMedium));
        text(fields, "acquisition.campaign", of(Event::getAcquisition, Acquisition::getCampaign));
        text(fields, "client.user_agent", of(Event::getClient, Client::getUserAgent));
        text(fields, "client.browser", of(Event::getClient, Client::getBrowser));
        text(fields, "client.browser_version", of(Event::getClient, Client::getBrowserVersion));
        text(fields, "client.os", of(Event::getClient, Client::getOs));
        text(fields, "client.device_class", of(Event::getClient, Client::getDeviceClass));
        put(fields, "client.is_bot", FLAG, of(Event::getClient, Client::getIsBot), false);
        text(fields, "client.ip_hash", of(Event::getClient, Client::getIpHash));
        text(fields, "client.ip_prefix", of(Event::getClient, Client::getIpPrefix));
        text(fields, "client.locale", of(Event::getClient, Client::getLocale));
        text(fields, "client.country", of(Event::getClient, Client::getCountry));
        text(fields, "client.app", of(Event::getClient, Client::getApp));
        text(fields, "client.app_version", of(Event::getClient, Client::getAppVersion));
        text(fields, "merchant_id", EventFields::merchant);
        text(fields, "campaign_id", EventFields::campaign);
        text(fields, "ad_id", EventFields::ad);
        text(fields, "impression_id", EventFields::impression);
        text(fields, "order_id", of(Event::getPurchase, Purchase::getOrderId));
        number(fields, "amount_micros", of(Event::getPurchase, Purchase::getAmountMicros));
        text(fields, "currency", of(Event::getPurchase, Purchase::getCurrency));
        text(fields, "name", of(Event::getInteraction, Interaction::getName));
        put(
                fields,
                "properties",
                MapType.create(TEXT, SimpleType.DYN),
                of(Event::getInteraction, EventFields::properties),
                Map.of());
        return Collections.unmodifiableMap(fields);
    }

    /** Merchant of an advertisement or of a purchase; null if there is none. */
    public static String merchant(Event event) {
        return event.getPurchase() == null
                ? ofAd(event, Impression::getMerchantId, Click::getMerchantId, VideoProgress::getMerchantId)
                : event.getPurchase().getMerchantId();
    }

    /** Campaign of an advertisement; null if there is none. */
    public static String campaign(Event event) {
        return ofAd(event, Impression::getCampaignId, Click::getCampaignId, VideoProgress::getCampaignId);
    }

    /** The advertisement; null if there is none. */
    static String ad(Event event) {
        return ofAd(event, Impression::getAdId, Click::getAdId, VideoProgress::getAdId);
    }

    /** What joins an impression, its click and its video; null if there is none. */
    static String impression(Event event) {
        return ofAd(event, Impression::getImpressionId, Click::getImpressionId, VideoProgress::getImpressionId);
    }

    private static String ofAd(
            Event event,
            Function<Impression, String> impression,
            Function<Click, String> click,
            Function<VideoProgress, String> video) {
        if (event.getClick() != null) {
            return click.apply(event.getClick());
        }
        if (event.getImpression() != null) {
            return impression.apply(event.getImpression());
        }
        return event.getVideo() == null ? null : video.apply(event.getVideo());
    }

    /** Without those that are null: a condition on any of them would fail for all. */
    private static Map<String, Object> properties(Interaction interaction) {
        Map<String, Object> properties = interaction.getProperties();
        if (properties.values().stream().noneMatch(Objects::isNull)) {
            return properties;
        }
        Map<String, Object> without = new LinkedHashMap<>(properties);
        without.values().removeIf(Objects::isNull);
        return without;
    }

    private static <P> Function<Event, Object> of(Function<Event, P> part, Function<P, Object> value) {
        return event -> {
            P found = part.apply(event);
            return found == null ? null : value.apply(found);
        };
    }

    private static void text(Map<String, Field> fields, String name, Function<Event, Object> value) {
        put(fields, name, TEXT, value, "");
    }

    private static void number(Map<String, Field> fields, String name, Function<Event, Object> value) {
        put(fields, name, NUMBER, value, 0L);
    }

    private static void put(
            Map<String, Field> fields, String name, CelType type, Function<Event, Object> value, Object absent) {
        fields.put(name, new Field(type, event -> {
            Object found = value.apply(event);
            return found == null ? absent : found;
        }));
    }
}
