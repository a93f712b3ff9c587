package io.weir.intake.admission.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names of {@code track} calls that become something else than an interaction; case does not matter. */
enum SegmentEvent {
    AD_VIEWED("Ad Viewed"),
    AD_IMPRESSION("Ad Impression"),
    PROMOTION_VIEWED("Promotion Viewed"),
    AD_CLICKED("Ad Clicked"),
    PROMOTION_CLICKED("Promotion Clicked"),
    VIDEO_AD_STARTED("Video Ad Started"),
    VIDEO_AD_PLAYING("Video Ad Playing"),
    VIDEO_AD_COMPLETED("Video Ad Completed"),
    ORDER_COMPLETED("Order Completed"),
    ORDER_REFUNDED("Order Refunded"),
    EXPERIMENT_VIEWED("Experiment Viewed"),
    APP_ATTESTED("App Attested"),
    OTHER("");

    private static final Map<String, SegmentEvent> BY_NAME = Arrays.stream(values())
            .filter(event -> event != OTHER)
            .collect(
                    Collectors.toUnmodifiableMap(event -> event.written.toLowerCase(Locale.ROOT), Function.identity()));

    private final String written;

    SegmentEvent(String written) {
        this.written = written;
    }

    static SegmentEvent named(String name) {
        return BY_NAME.getOrDefault(name.toLowerCase(Locale.ROOT), OTHER);
    }

    /** The name as the mapping writes it, or the name itself if the mapping does not have it. */
    String canonical(String name) {
        return this == OTHER ? name : written;
    }

    boolean isPromotion() {
        return this == PROMOTION_VIEWED || this == PROMOTION_CLICKED;
    }
}
