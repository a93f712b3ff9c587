package io.weir.adspend.account;

/** What a merchant can be billed for. */
public enum InteractionKind {
    /** An advertisement was shown. */
    IMPRESSION,
    /** An advertisement was clicked. */
    CLICK,
    /** A video advertisement was played to its end. */
    COMPLETED_VIEW
}
