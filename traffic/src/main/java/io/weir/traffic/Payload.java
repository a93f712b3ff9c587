package io.weir.traffic;

import io.weir.schemas.EventKind;
import io.weir.schemas.VideoStage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What happened, apart from when, where and to whom. Amounts are micros: millionths of the currency unit. */
public sealed interface Payload {

    /** The kind of event as which Weir should accept it. */
    EventKind kind();

    /** The name in the tracking plan, as README.md lists them; {@code page_view} for pages and screens. */
    String eventName();

    /** A page or, in an app, a screen was shown. */
    record PageShown(String name, String category) implements Payload {
        @Override
        public EventKind kind() {
            return EventKind.page_view;
        }

        @Override
        public String eventName() {
            return "page_view";
        }
    }

    /**
     * One showing of an advertisement.
     *
     * @param promotion whether the shop calls it a promotion
     * @param priceMicros price of this showing, or of the click on it; 0 if the budget says the price
     */
    record Ad(
            String merchantId,
            String campaignId,
            String adId,
            String placement,
            String impressionId,
            boolean promotion,
            long priceMicros,
            String currency) {}

    /** An advertisement was shown. */
    record AdShown(Ad ad) implements Payload {
        @Override
        public EventKind kind() {
            return EventKind.impression;
        }

        @Override
        public String eventName() {
            return ad.promotion() ? "Promotion Viewed" : "Ad Viewed";
        }
    }

    /** An advertisement was clicked. */
    record AdClicked(Ad ad) implements Payload {
        @Override
        public EventKind kind() {
            return EventKind.click;
        }

        @Override
        public String eventName() {
            return ad.promotion() ? "Promotion Clicked" : "Ad Clicked";
        }
    }

    /** A video advertisement got to a stage; positions in seconds. */
    record VideoPlayed(Ad ad, VideoStage stage, int position, int totalLength) implements Payload {
        @Override
        public EventKind kind() {
            return EventKind.video;
        }

        @Override
        public String eventName() {
            return switch (stage) {
                case STARTED -> "Video Ad Started";
                case COMPLETED -> "Video Ad Completed";
                case PLAYING, UNKNOWN -> "Video Ad Playing";
            };
        }
    }

    /** One line of an order. */
    record OrderLine(String productId, String name, String category, int quantity, long priceMicros) {}

    /** An order was paid. */
    record Ordered(String orderId, long amountMicros, String currency, String merchantId, List<OrderLine> lines)
            implements Payload {
        @Override
        public EventKind kind() {
            return EventKind.purchase;
        }

        @Override
        public String eventName() {
            return "Order Completed";
        }
    }

    /** An order was paid back, wholly or in part; the amount is positive. */
    record Refunded(String orderId, long amountMicros, String currency, String merchantId) implements Payload {
        @Override
        public EventKind kind() {
            return EventKind.purchase;
        }

        @Override
        public String eventName() {
            return "Order Refunded";
        }
    }

    /** A variant of an experiment was shown. */
    record Exposed(String experimentId, String variantId) implements Payload {
        @Override
        public EventKind kind() {
            return EventKind.exposure;
        }

        @Override
        public String eventName() {
            return "Experiment Viewed";
        }
    }

    /** An app proved what it is. */
    record Attested(Attestation attestation) implements Payload {
        @Override
        public EventKind kind() {
            return EventKind.app_signal;
        }

        @Override
        public String eventName() {
            return "App Attested";
        }
    }

    /**
     * Any other event; {@code identify} too, whose properties are its traits.
     *
     * @param properties values are {@link String}, {@link Long}, {@link Boolean} or {@link BigDecimal}; in a fixed order
     */
    record Interacted(String eventName, Map<String, Object> properties) implements Payload {
        @Override
        public EventKind kind() {
            return EventKind.interaction;
        }
    }
}
