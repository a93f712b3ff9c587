package io.weir.traffic;

import io.weir.traffic.Payload.Ad;
import io.weir.traffic.Payload.OrderLine;
import io.weir.traffic.Payload.Ordered;
import io.weir.traffic.Payload.VideoPlayed;
import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes what stands in the properties (or traits) of a Segment message, event by event as README.md lists them. */
final class SegmentProperties {

    /** Into the object that is open. */
    void write(JsonGenerator json, ShopEvent event) {
        Payload payload = event.payload();
        if (payload instanceof Payload.PageShown shown) {
            page(json, shown, event);
        } else if (payload instanceof Payload.AdShown shown) {
            ad(json, shown.ad());
        } else if (payload instanceof Payload.AdClicked clicked) {
            ad(json, clicked.ad());
        } else if (payload instanceof VideoPlayed video) {
            video(json, video);
        } else if (payload instanceof Ordered ordered) {
            order(json, ordered);
        } else if (payload instanceof Payload.Refunded refunded) {
            refund(json, refunded);
        } else if (payload instanceof Payload.Exposed exposed) {
            json.writeStringProperty("experiment_id", exposed.experimentId());
            json.writeStringProperty("variation_id", exposed.variantId());
            json.writeStringProperty("unit_type", "visitor");
        } else if (payload instanceof Payload.Attested attested) {
            json.writeStringProperty("token", attested.attestation().token());
            json.writeStringProperty("scheme", AppTokens.SCHEME);
        } else if (payload instanceof Payload.Interacted interacted) {
            interaction(json, interacted);
        }
    }

    private static void page(JsonGenerator json, Payload.PageShown shown, ShopEvent event) {
        if (!event.visit().device().isApp()) {
            json.writeStringProperty("url", event.page().url());
            json.writeStringProperty("path", event.page().path());
        }
        if (shown.category() != null) {
            json.writeStringProperty("category", shown.category());
        }
    }

    private static void ad(JsonGenerator json, Ad ad) {
        target(json, ad);
        json.writeStringProperty(ad.promotion() ? "promotion_id" : "ad_id", ad.adId());
        json.writeStringProperty(ad.promotion() ? "position" : "placement", ad.placement());
        json.writeStringProperty("impression_id", ad.impressionId());
        if (ad.priceMicros() != 0) {
            if (ad.promotion()) {
                json.writeNumberProperty("price_micros", ad.priceMicros());
            } else {
                json.writeNumberProperty("price", Money.decimal(ad.priceMicros()));
            }
            json.writeStringProperty("currency", ad.currency());
        }
    }

    private static void video(JsonGenerator json, VideoPlayed video) {
        Ad ad = video.ad();
        target(json, ad);
        json.writeStringProperty("ad_id", ad.adId());
        json.writeStringProperty("placement", ad.placement());
        json.writeStringProperty("impression_id", ad.impressionId());
        json.writeNumberProperty("position", video.position());
        json.writeNumberProperty("total_length", video.totalLength());
    }

    private static void target(JsonGenerator json, Ad ad) {
        json.writeStringProperty("merchant_id", ad.merchantId());
        json.writeStringProperty("campaign_id", ad.campaignId());
    }

    private static void order(JsonGenerator json, Ordered order) {
        json.writeStringProperty("order_id", order.orderId());
        json.writeNumberProperty("revenue", Money.decimal(order.amountMicros()));
        json.writeStringProperty("currency", order.currency());
        json.writeStringProperty("merchant_id", order.merchantId());
        json.writeArrayPropertyStart("products");
        for (OrderLine line : order.lines()) {
            json.writeStartObject();
            json.writeStringProperty("product_id", line.productId());
            json.writeStringProperty("name", line.name());
            json.writeStringProperty("category", line.category());
            json.writeNumberProperty("quantity", line.quantity());
            json.writeNumberProperty("price", Money.decimal(line.priceMicros()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void refund(JsonGenerator json, Payload.Refunded refund) {
        json.writeStringProperty("order_id", refund.orderId());
        json.writeNumberProperty("revenue", Money.decimal(refund.amountMicros()));
        json.writeStringProperty("currency", refund.currency());
        json.writeStringProperty("merchant_id", refund.merchantId());
    }

    private static void interaction(JsonGenerator json, Payload.Interacted interacted) {
        for (Map.Entry<String, Object> property : interacted.properties().entrySet()) {
            String name = property.getKey();
            Object value = property.getValue();
            if (value instanceof String text) {
                json.writeStringProperty(name, text);
            } else if (value instanceof BigDecimal decimal) {
                json.writeNumberProperty(name, decimal);
            } else if (value instanceof Long number) {
                json.writeNumberProperty(name, number);
            } else {
                json.writeBooleanProperty(name, (Boolean) value);
            }
        }
    }
}
