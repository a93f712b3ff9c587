package io.weir.traffic;

import io.weir.schemas.DeadLetterReason;
import io.weir.traffic.Payload.Ad;
import io.weir.traffic.Payload.AdClicked;
import io.weir.traffic.Payload.AdShown;
import io.weir.traffic.Payload.Interacted;
import io.weir.traffic.Payload.Ordered;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can be wrong with a message, and the reason for which intake must refuse it. One thing is wrong at a time. */
public enum Breakage {
    /** The message ends in the middle. */
    TRUNCATED(DeadLetterReason.MALFORMED, Where.JSON),
    /** Bytes that mean nothing. */
    RANDOM_BYTES(DeadLetterReason.MALFORMED, Where.JSON),
    /** Properties nested 80 deep. */
    NESTED_TOO_DEEP(DeadLetterReason.TOO_DEEP, Where.JSON),
    /** The visitor id is an object. */
    WRONG_TYPE(DeadLetterReason.WRONG_TYPE, Where.JSON),
    /** The time is a word. */
    UNREADABLE_TIME(DeadLetterReason.INVALID_TIME, Where.JSON),
    /** Neither a visitor nor a customer. */
    NO_VISITOR(DeadLetterReason.MISSING_FIELD, Where.ANY_EVENT),
    /** A control character in the visitor id. */
    CONTROL_CHARACTER(DeadLetterReason.INVALID_IDENTIFIER, Where.ANY_EVENT),
    /** A visitor id of 300 characters. */
    LONG_IDENTIFIER(DeadLetterReason.INVALID_IDENTIFIER, Where.ANY_EVENT),
    /** A clock that started again in January 1970. */
    CLOCK_AT_EPOCH(DeadLetterReason.TOO_OLD, Where.ANY_EVENT),
    /** A clock in the year 2137. */
    CLOCK_AHEAD(DeadLetterReason.TOO_NEW, Where.ANY_EVENT),
    /** An address that cannot be parsed. */
    BROKEN_URL(DeadLetterReason.INVALID_URL, Where.PAGES),
    /** An address of 5 000 characters. */
    ENDLESS_URL(DeadLetterReason.INVALID_URL, Where.PAGES),
    /** A currency that does not exist. */
    UNKNOWN_CURRENCY(DeadLetterReason.INVALID_CURRENCY, Where.PRICES),
    /** Ten billion and more units of a currency: above 10^15 micros. */
    HUGE_AMOUNT(DeadLetterReason.INVALID_AMOUNT, Where.PRICES),
    /** An e-mail address as the customer id. */
    EMAIL_AS_CUSTOMER(DeadLetterReason.PERSONAL_IDENTIFIER, Where.ANY_EVENT),
    /** A telephone number as the customer id. */
    PHONE_AS_CUSTOMER(DeadLetterReason.PERSONAL_IDENTIFIER, Where.ANY_EVENT),
    /** A count of -2: nothing but the tracking plan can tell that it is wrong. */
    NEGATIVE_COUNT(DeadLetterReason.PLAN_VIOLATION, Where.COUNTS);

    private enum Where {
        JSON,
        ANY_EVENT,
        PAGES,
        PRICES,
        COUNTS
    }

    /** Events with a property that counts something. */
    private static final Map<String, String> COUNTS = Map.of(
            "Product Added", "quantity",
            "Product Removed", "quantity",
            "Checkout Started", "lines",
            "Products Searched", "results");

    /** How often a fault that fits few events is preferred where it fits. */
    private static final double RARE_SHARE = 0.3;

    private static final long YEAR_2137 = 5_270_000_000_000L;
    private static final long TEN_TO_THE_16 = 10_000_000_000_000_000L;

    private final DeadLetterReason reason;
    private final Where where;

    Breakage(DeadLetterReason reason, Where where) {
        this.reason = reason;
        this.where = where;
    }

    /** Why intake refuses such a message, at its default settings and with the shop's tracking plan enforced. */
    public DeadLetterReason reason() {
        return reason;
    }

    /** Whether such a fault can occur in the event, in that encoding. */
    boolean fits(ShopEvent event, Encoding encoding) {
        return switch (where) {
            case JSON -> encoding == Encoding.SEGMENT_JSON;
            case ANY_EVENT -> true;
            case PAGES -> event.page() != null;
            case PRICES -> isPriced(event.payload());
            case COUNTS -> COUNTS.containsKey(event.payload().eventName());
        };
    }

    private static boolean isPriced(Payload payload) {
        if (payload instanceof AdShown shown) {
            return shown.ad().priceMicros() > 0;
        }
        if (payload instanceof AdClicked clicked) {
            return clicked.ad().priceMicros() > 0;
        }
        return payload instanceof Ordered;
    }

    /** One of the faults that fit the event; those that fit few events are likelier where they do. */
    static Breakage any(ShopEvent event, Encoding encoding, Rng rng) {
        Breakage[] all = values();
        boolean preferRare =
                (isPriced(event.payload()) || COUNTS.containsKey(event.payload().eventName()))
                        && rng.chance(RARE_SHARE);
        while (true) {
            Breakage breakage = all[rng.nextInt(all.length)];
            boolean rare = breakage.where == Where.PRICES || breakage.where == Where.COUNTS;
            if (breakage.fits(event, encoding) && (rare || !preferRare)) {
                return breakage;
            }
        }
    }

    /** The event as it is sent. What only the bytes can show is left to the writer of the bytes. */
    ShopEvent apply(ShopEvent event, Rng rng) {
        return switch (this) {
            case TRUNCATED, RANDOM_BYTES, NESTED_TOO_DEEP, WRONG_TYPE, UNREADABLE_TIME -> event;
            case NO_VISITOR -> event.withVisitorId(null).withCustomerId(null);
            case CONTROL_CHARACTER -> event.withVisitorId(event.visit().visitorId() + '\u0007');
            case LONG_IDENTIFIER ->
                event.withVisitorId("0".repeat(300 - 36) + event.visit().visitorId());
            case CLOCK_AT_EPOCH -> event.withOccurredAt(rng.between(1_000, 3_600_000));
            case CLOCK_AHEAD -> event.withOccurredAt(YEAR_2137 + rng.between(0, 3_600_000));
            case BROKEN_URL -> event.withUrl("https://[www.shop.example/%zz");
            case ENDLESS_URL -> event.withUrl(event.page().url() + "?q=" + "a".repeat(5_000));
            case UNKNOWN_CURRENCY -> event.withPayload(priced(event.payload(), 0, "XQZ"));
            case HUGE_AMOUNT -> event.withPayload(priced(event.payload(), TEN_TO_THE_16, null));
            case EMAIL_AS_CUSTOMER -> event.withCustomerId("customer" + rng.nextInt(100_000) + "@mail.example");
            case PHONE_AS_CUSTOMER -> event.withCustomerId("+4930" + rng.between(10_000_000, 99_999_999));
            case NEGATIVE_COUNT -> event.withPayload(negative((Interacted) event.payload()));
        };
    }

    /** With another amount, unless it is 0, and another currency, unless it is null. */
    private static Payload priced(Payload payload, long amount, String currency) {
        if (payload instanceof Ordered ordered) {
            return new Ordered(
                    ordered.orderId(),
                    amount == 0 ? ordered.amountMicros() : amount,
                    currency == null ? ordered.currency() : currency,
                    ordered.merchantId(),
                    ordered.lines());
        }
        if (payload instanceof AdShown shown) {
            return new AdShown(priced(shown.ad(), amount, currency));
        }
        return new AdClicked(priced(((AdClicked) payload).ad(), amount, currency));
    }

    private static Ad priced(Ad ad, long amount, String currency) {
        return new Ad(
                ad.merchantId(),
                ad.campaignId(),
                ad.adId(),
                ad.placement(),
                ad.impressionId(),
                ad.promotion(),
                amount == 0 ? ad.priceMicros() : amount,
                currency == null ? ad.currency() : currency);
    }

    private static Interacted negative(Interacted interacted) {
        Map<String, Object> properties = new LinkedHashMap<>(interacted.properties());
        properties.put(COUNTS.get(interacted.eventName()), -2L);
        return new Interacted(interacted.eventName(), properties);
    }
}
