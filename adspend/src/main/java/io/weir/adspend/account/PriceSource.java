package io.weir.adspend.account;

/** Where a price comes from. */
public enum PriceSource {
    /** The interaction has a price of its own. */
    OWN,
    /** The campaign's rate for its kind. */
    CAMPAIGN_RATE,
    /** The merchant's rate for its kind. */
    MERCHANT_RATE,
    /** Nothing gives it a price, or no budget covers its day: it costs nothing, and someone should know. */
    UNPRICED,
    /** Its own price is in another currency than the budget: it costs nothing, and someone should know. */
    CURRENCY_MISMATCH
}
