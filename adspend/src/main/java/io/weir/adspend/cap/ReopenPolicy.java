package io.weir.adspend.cap;

/** What a credit does to a cap that was reached. The money is the same either way. */
public enum ReopenPolicy {
    /** It opens again once enough remains. */
    RESTORE,
    /** It stays reached until its budget changes or the day ends. */
    CREDIT_ONLY
}
