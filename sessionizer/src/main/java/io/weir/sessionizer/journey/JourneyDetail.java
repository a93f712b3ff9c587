package io.weir.sessionizer.journey;

import io.weir.schemas.UnitType;
import io.weir.schemas.VideoStage;

/** What a journey keeps of an event's payload: enough to tell what was done, with what and for how much. */
public sealed interface JourneyDetail {

    /** Of a page view. Both may be null. */
    record View(String name, String category) implements JourneyDetail {}

    /**
     * Of an impression, a click or a video.
     *
     * @param merchantId merchant who pays
     * @param campaignId may be null
     * @param adId may be null
     * @param placement may be null
     * @param impressionId may be null
     * @param price millionths of the currency unit, may be null
     * @param currency ISO 4217, may be null
     * @param stage how far a video got; null for what is not a video
     */
    record Ad(
            String merchantId,
            String campaignId,
            String adId,
            String placement,
            String impressionId,
            Long price,
            String currency,
            VideoStage stage)
            implements JourneyDetail {}

    /**
     * Of a purchase or a refund.
     *
     * @param orderId order
     * @param amountMicros millionths of the currency unit; negative for a refund
     * @param currency ISO 4217
     * @param merchantId may be null
     */
    record Order(String orderId, long amountMicros, String currency, String merchantId) implements JourneyDetail {}

    /** Of an exposure to an experiment. */
    record Exposed(String experimentId, String variantId, UnitType unitType) implements JourneyDetail {}

    /** Of an app's signal: its scheme; the token itself is a credential and is not kept. */
    record Signal(String scheme) implements JourneyDetail {}

    /** Of any other named event; its properties are not kept. */
    record Named(String name) implements JourneyDetail {}
}
