package io.weir.adspend.ledger;

/** What an entry of the ledger does. */
public enum MovementKind {
    /** More is billed. */
    CHARGE,
    /** Valid delivery is above a cap, or, negative, is no longer. */
    ABSORB,
    /** Delivery is invalid, or, negative, is no longer. */
    INVALID,
    /** Less is billed: negative. */
    CREDIT,
    /** What is billed of a closed day differs from its statement, by more or less. */
    ADJUSTMENT
}
