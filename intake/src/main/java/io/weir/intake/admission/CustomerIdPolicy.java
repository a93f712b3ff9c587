package io.weir.intake.admission;

/** What becomes of a customer id that is an e-mail address or a phone number. */
public enum CustomerIdPolicy {
    /** The event is a dead letter. */
    REFUSE,
    /** The event goes on with a keyed hash in its place. */
    HASH
}
