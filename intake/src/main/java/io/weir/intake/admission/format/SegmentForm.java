package io.weir.intake.admission.format;

import io.weir.schemas.AppSignal;
import io.weir.schemas.Event;
import io.weir.schemas.Exposure;
import io.weir.schemas.PageView;
import io.weir.schemas.Product;
import io.weir.schemas.Purchase;
import io.weir.schemas.UnitType;
import io.weir.schemas.VideoProgress;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payload of an event that came as Avro, as the properties that Segment's spec would have: so one tracking plan serves
 * all collectors. Names and units are Segment's: money is a decimal ({@code price}, {@code revenue}; a refund's is
 * positive), playing positions are seconds, an exposure's variant is its {@code variation_id}; a {@code Promotion …} has
 * {@code promotion_id} and {@code position} where an advertisement has {@code ad_id} and {@code placement}. What is null
 * is left out; of a page view there are name and category beside its properties, and url and path of its page.
 */
final class SegmentForm {

    private static final int MICROS_SCALE = 6;
    private static final int MILLIS_SCALE = 3;

    private final ObjectNode properties = JsonNodeFactory.instance.objectNode();

    private SegmentForm() {}

    /** @param name name of the event in the tracking plan */
    static ObjectNode of(Event event, String name) {
        SegmentForm form = new SegmentForm();
        SegmentEvent known = SegmentEvent.named(name);
        switch (event.getKind()) {
            case page_view -> form.pageView(event.getPageView(), event);
            case impression -> form.advertisement(event.getImpression(), known);
            case click -> form.advertisement(event.getClick(), known);
            case video -> form.video(event.getVideo(), known);
            case purchase -> form.purchase(event.getPurchase(), known);
            case exposure -> form.exposure(event.getExposure());
            case app_signal -> form.appSignal(event.getAppSignal());
            case interaction -> form.putAll(event.getInteraction().getProperties());
            case unknown -> throw new IllegalArgumentException("an event without a kind has no properties");
        }
        return form.properties;
    }

    private void pageView(PageView view, Event event) {
        putAll(view.getProperties());
        text("name", view.getName());
        text("category", view.getCategory());
        if (event.getPage() != null) {
            text("url", event.getPage().getUrl());
            text(
                    "path",
                    event.getPage().getPath().isEmpty() ? null : event.getPage().getPath());
        }
    }

    private void advertisement(SpecificRecord ad, SegmentEvent known) {
        copy(ad, "merchant_id", "merchant_id");
        copy(ad, "campaign_id", "campaign_id");
        copy(ad, "ad_id", known.isPromotion() ? "promotion_id" : "ad_id");
        copy(ad, "placement", known.isPromotion() ? "position" : "placement");
        copy(ad, "impression_id", "impression_id");
        decimal("price", (Long) value(ad, "price_micros"), MICROS_SCALE);
        copy(ad, "currency", "currency");
    }

    private void video(VideoProgress video, SegmentEvent known) {
        advertisement(video, known);
        decimal("position", video.getPositionMs(), MILLIS_SCALE);
        decimal("total_length", video.getTotalLengthMs(), MILLIS_SCALE);
    }

    private void purchase(Purchase purchase, SegmentEvent known) {
        text("order_id", purchase.getOrderId());
        long amount = purchase.getAmountMicros();
        decimal("revenue", known == SegmentEvent.ORDER_REFUNDED ? -amount : amount, MICROS_SCALE);
        text("currency", purchase.getCurrency());
        text("merchant_id", purchase.getMerchantId());
        if (!purchase.getProducts().isEmpty()) {
            ArrayNode lines = properties.putArray("products");
            purchase.getProducts().forEach(product -> lines.add(line(product)));
        }
    }

    private static ObjectNode line(Product product) {
        SegmentForm line = new SegmentForm();
        line.text("product_id", product.getProductId());
        line.text("name", product.getName());
        line.text("category", product.getCategory());
        line.properties.put("quantity", product.getQuantity());
        line.decimal("price", product.getPriceMicros(), MICROS_SCALE);
        return line.properties;
    }

    private void exposure(Exposure exposure) {
        text("experiment_id", exposure.getExperimentId());
        text("variation_id", exposure.getVariantId());
        if (exposure.getUnitType() != UnitType.UNKNOWN) {
            text("unit_type", exposure.getUnitType().name().toLowerCase(Locale.ROOT));
        }
    }

    private void appSignal(AppSignal signal) {
        text("token", signal.getToken());
        text("scheme", signal.getScheme());
    }

    private void putAll(Map<String, Object> map) {
        map.forEach((key, value) -> {
            if (value instanceof Long number) {
                properties.put(key, number);
            } else if (value instanceof Double number) {
                number(key, number);
            } else if (value instanceof Boolean flag) {
                properties.put(key, flag);
            } else if (value == null) {
                properties.putNull(key);
            } else {
                properties.put(key, value.toString());
            }
        });
    }

    /** JSON has no infinity and no NaN: they are texts, which no schema takes for a number. */
    private void number(String key, double value) {
        if (Double.isFinite(value)) {
            properties.put(key, BigDecimal.valueOf(value));
        } else {
            properties.put(key, Double.toString(value));
        }
    }

    private void copy(SpecificRecord from, String field, String to) {
        text(to, (String) value(from, field));
    }

    private void text(String key, String value) {
        if (value != null) {
            properties.put(key, value);
        }
    }

    /** A whole number becomes an integer in JSON, so that a schema may ask for one. */
    private void decimal(String key, Long value, int scale) {
        if (value != null) {
            BigDecimal exact = BigDecimal.valueOf(value, scale).stripTrailingZeros();
            if (exact.scale() <= 0) {
                properties.put(key, exact.longValueExact());
            } else {
                properties.put(key, exact);
            }
        }
    }

    private static Object value(SpecificRecord record, String field) {
        return record.get(record.getSchema().getField(field).pos());
    }
}
