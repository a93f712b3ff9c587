package io.weir.traffic;

/** The frauds that the traffic contains; each is a burst of its own visitors, who do nothing else. */
public enum FraudScheme {
    /** One visitor clicks one advertisement 12 to 40 times, every 0.2 to 2.5 s, after a single impression. */
    CLICK_FLOOD,
    /** 25 to 50 visitors behind one address see and click advertisements of one merchant within 50 s. */
    IP_FARM,
    /** A visitor clicks 3 to 8 advertisements that were never shown. */
    GHOST_CLICKS,
    /** A visitor clicks 3 to 8 advertisements, each 5 to 90 ms after it was shown. */
    INSTANT_CLICKS,
    /** A purchase 0.4 to 2.5 s after a click. */
    INSTANT_PURCHASE,
    /** A visitor clicks advertisements of 18 to 30 merchants within 50 s. */
    MERCHANT_SWEEP,
    /** 80 to 150 impressions behind one address within 50 s. */
    IMPRESSION_FLOOD,
    /** An app's token, signed by a key that is not the shop's. */
    FORGED_TOKEN,
    /** An app's genuine token, sent three times within ten minutes. */
    REPLAYED_TOKEN
}
