package io.weir.intake.admission.format;

import io.weir.schemas.AppSignal;
import io.weir.schemas.Click;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Exposure;
import io.weir.schemas.Impression;
import io.weir.schemas.Interaction;
import io.weir.schemas.Product;
import io.weir.schemas.Purchase;
import io.weir.schemas.UnitType;
import io.weir.schemas.VideoProgress;
import io.weir.schemas.VideoStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Maps the properties of a {@code track} call to the payload of its event. */
final class SegmentTrack {

    private final Event event;
    private final Fields properties;

    SegmentTrack(Event event, Fields properties) {
        this.event = event;
        this.properties = properties;
    }

    /** @param sent name of the event as sent */
    void map(SegmentEvent known, String sent) {
        switch (known) {
            case AD_VIEWED, AD_IMPRESSION, PROMOTION_VIEWED -> impression();
            case AD_CLICKED, PROMOTION_CLICKED -> click();
            case VIDEO_AD_STARTED -> video(VideoStage.STARTED);
            case VIDEO_AD_PLAYING -> video(VideoStage.PLAYING);
            case VIDEO_AD_COMPLETED -> video(VideoStage.COMPLETED);
            case ORDER_COMPLETED -> purchase(false);
            case ORDER_REFUNDED -> purchase(true);
            case EXPERIMENT_VIEWED -> exposure();
            case APP_ATTESTED -> appSignal();
            case OTHER -> interaction(sent);
        }
    }

    private void impression() {
        event.setKind(EventKind.impression);
        event.setImpression(new Impression(
                properties.requiredIdentifier("merchant_id"),
                properties.identifier("campaign_id"),
                properties.eitherIdentifier("ad_id", "promotion_id"),
                properties.eitherIdentifier("placement", "position"),
                properties.identifier("impression_id"),
                price(),
                properties.currency("currency")));
    }

    private void click() {
        event.setKind(EventKind.click);
        event.setClick(new Click(
                properties.requiredIdentifier("merchant_id"),
                properties.identifier("campaign_id"),
                properties.eitherIdentifier("ad_id", "promotion_id"),
                properties.eitherIdentifier("placement", "position"),
                properties.identifier("impression_id"),
                price(),
                properties.currency("currency")));
    }

    private void video(VideoStage stage) {
        event.setKind(EventKind.video);
        event.setVideo(new VideoProgress(
                properties.requiredIdentifier("merchant_id"),
                properties.identifier("campaign_id"),
                properties.identifier("ad_id"),
                properties.identifier("placement"),
                properties.identifier("impression_id"),
                price(),
                properties.currency("currency"),
                stage,
                properties.secondsAsMillis("position"),
                properties.secondsAsMillis("total_length")));
    }

    private void purchase(boolean refund) {
        event.setKind(EventKind.purchase);
        String order = properties.requiredIdentifier("order_id");
        String amountKey = properties.get("revenue") != null ? "revenue" : "total";
        Long amount = properties.decimalMicros(amountKey);
        String currency = properties.currency("currency");
        if (properties.get(amountKey) == null) {
            properties.missing("revenue", "revenue or total");
        }
        if (properties.get("currency") == null) {
            properties.missing("currency", "a code of ISO 4217");
        }
        event.setPurchase(new Purchase(
                order,
                amount == null ? 0 : refund ? -Math.abs(amount) : amount,
                currency,
                properties.identifier("merchant_id"),
                products()));
    }

    private List<Product> products() {
        List<Product> products = new ArrayList<>();
        JsonNode sent = properties.get("products");
        if (sent == null) {
            return products;
        }
        if (!sent.isArray()) {
            properties.wrongType("products", "an array", sent);
            return products;
        }
        Fields lines = new Fields(null, properties.at("products"), properties.findings());
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i) instanceof ObjectNode line) {
                products.add(product(new Fields(line, lines.at(Integer.toString(i)), properties.findings())));
            } else {
                lines.wrongType(Integer.toString(i), "an object", sent.get(i));
            }
        }
        return products;
    }

    private static Product product(Fields line) {
        String id = line.eitherIdentifier("product_id", "sku");
        if (line.get("product_id") == null && line.get("sku") == null) {
            line.missing("product_id", "product_id or sku");
        }
        Long quantity = line.whole("quantity");
        return new Product(
                id,
                line.text("name"),
                line.text("category"),
                quantity == null ? 1 : quantity,
                line.decimalMicros("price"));
    }

    private void exposure() {
        event.setKind(EventKind.exposure);
        event.setExposure(new Exposure(
                properties.requiredIdentifier("experiment_id"),
                properties.requiredIdentifier("variation_id"),
                unitType(properties.text("unit_type"))));
    }

    private static UnitType unitType(String sent) {
        if (sent == null) {
            return UnitType.UNKNOWN;
        }
        return switch (sent.toLowerCase(Locale.ROOT)) {
            case "visitor" -> UnitType.VISITOR;
            case "customer" -> UnitType.CUSTOMER;
            default -> UnitType.UNKNOWN;
        };
    }

    private void appSignal() {
        event.setKind(EventKind.app_signal);
        event.setAppSignal(new AppSignal(properties.requiredText("token"), properties.requiredText("scheme")));
    }

    private void interaction(String name) {
        event.setKind(EventKind.interaction);
        event.setInteraction(new Interaction(name, Properties.of(properties.node(), Set.of())));
    }

    private Long price() {
        return properties.get("price_micros") != null
                ? properties.wholeMicros("price_micros")
                : properties.decimalMicros("price");
    }
}
