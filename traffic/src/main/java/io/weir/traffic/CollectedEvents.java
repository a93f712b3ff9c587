package io.weir.traffic;

import io.weir.schemas.AppSignal;
import io.weir.schemas.Click;
import io.weir.schemas.CollectedEvent;
import io.weir.schemas.Exposure;
import io.weir.schemas.Impression;
import io.weir.schemas.Interaction;
import io.weir.schemas.Page;
import io.weir.schemas.PageView;
import io.weir.schemas.Product;
import io.weir.schemas.Purchase;
import io.weir.schemas.UnitType;
import io.weir.schemas.VideoProgress;
import io.weir.traffic.Payload.Ad;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events of the model as {@link CollectedEvent}s. */
final class CollectedEvents {

    /** @param receivedAt milliseconds since the epoch, UTC */
    CollectedEvent write(ShopEvent event, long receivedAt) {
        Visit visit = event.visit();
        Device device = visit.device();
        CollectedEvent collected = new CollectedEvent();
        collected.setEventId(event.eventId());
        times(collected, event, receivedAt);
        collected.setVisitorId(visit.visitorId());
        collected.setCustomerId(event.customerId());
        collected.setPage(page(event.page()));
        collected.setCampaign(campaign(visit.campaign()));
        collected.setUserAgent(device.userAgent());
        collected.setIp(visit.ip());
        collected.setLocale(visit.locale());
        collected.setCountry(visit.country());
        collected.setApp(device.app());
        collected.setAppVersion(device.appVersion());
        collected.setLibrary(device.library());
        collected.setLibraryVersion(device.libraryVersion());
        payload(collected, event.payload());
        return collected;
    }

    /** As in Segment: a device that sends its own clock leaves the time to whoever receives the message. */
    private static void times(CollectedEvent collected, ShopEvent event, long receivedAt) {
        Visit visit = event.visit();
        if (visit.device().sendsDeviceTime()) {
            collected.setOriginatedAt(Instant.ofEpochMilli(event.occurredAt() + visit.clockSkewMillis()));
            collected.setSentAt(Instant.ofEpochMilli(receivedAt + visit.clockSkewMillis()));
        } else {
            collected.setOccurredAt(event.time());
        }
        collected.setReceivedAt(Instant.ofEpochMilli(receivedAt));
    }

    private static Page page(PageRef page) {
        return page == null
                ? null
                : new Page(page.url(), page.path(), page.title(), page.referrer(), page.pageId(), page.parentPageId());
    }

    private static io.weir.schemas.Campaign campaign(Campaign campaign) {
        return campaign == null
                ? null
                : new io.weir.schemas.Campaign(
                        campaign.source(), campaign.medium(), campaign.name(), campaign.term(), campaign.content());
    }

    private static void payload(CollectedEvent collected, Payload payload) {
        if (payload instanceof Payload.PageShown shown) {
            collected.setPageView(new PageView(shown.name(), shown.category(), Map.of()));
            return;
        }
        collected.setEventName(payload.eventName());
        if (payload instanceof Payload.AdShown shown) {
            collected.setImpression(impression(shown.ad()));
        } else if (payload instanceof Payload.AdClicked clicked) {
            collected.setClick(click(clicked.ad()));
        } else if (payload instanceof Payload.VideoPlayed video) {
            collected.setVideo(video(video));
        } else if (payload instanceof Payload.Ordered ordered) {
            collected.setPurchase(purchase(ordered));
        } else if (payload instanceof Payload.Refunded refunded) {
            collected.setPurchase(new Purchase(
                    refunded.orderId(),
                    -refunded.amountMicros(),
                    refunded.currency(),
                    refunded.merchantId(),
                    List.of()));
        } else if (payload instanceof Payload.Exposed exposed) {
            collected.setExposure(new Exposure(exposed.experimentId(), exposed.variantId(), UnitType.VISITOR));
        } else if (payload instanceof Payload.Attested attested) {
            collected.setAppSignal(new AppSignal(attested.attestation().token(), AppTokens.SCHEME));
        } else if (payload instanceof Payload.Interacted interacted) {
            collected.setInteraction(new Interaction(interacted.eventName(), properties(interacted)));
        }
    }

    private static Impression impression(Ad ad) {
        return new Impression(
                ad.merchantId(),
                ad.campaignId(),
                ad.adId(),
                ad.placement(),
                ad.impressionId(),
                price(ad),
                ad.currency());
    }

    private static Click click(Ad ad) {
        return new Click(
                ad.merchantId(),
                ad.campaignId(),
                ad.adId(),
                ad.placement(),
                ad.impressionId(),
                price(ad),
                ad.currency());
    }

    private static VideoProgress video(Payload.VideoPlayed video) {
        Ad ad = video.ad();
        return new VideoProgress(
                ad.merchantId(),
                ad.campaignId(),
                ad.adId(),
                ad.placement(),
                ad.impressionId(),
                price(ad),
                ad.currency(),
                video.stage(),
                video.position() * 1000L,
                video.totalLength() * 1000L);
    }

    private static Long price(Ad ad) {
        return ad.priceMicros() == 0 ? null : (Long) ad.priceMicros();
    }

    private static Purchase purchase(Payload.Ordered order) {
        List<Product> products = new ArrayList<>(order.lines().size());
        for (Payload.OrderLine line : order.lines()) {
            products.add(new Product(
                    line.productId(), line.name(), line.category(), (long) line.quantity(), line.priceMicros()));
        }
        return new Purchase(order.orderId(), order.amountMicros(), order.currency(), order.merchantId(), products);
    }

    private static Map<String, Object> properties(Payload.Interacted interacted) {
        Map<String, Object> properties = new LinkedHashMap<>();
        interacted
                .properties()
                .forEach((name, value) -> properties.put(
                        name, value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value));
        return properties;
    }
}
