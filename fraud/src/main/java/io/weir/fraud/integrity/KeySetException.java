package io.weir.fraud.integrity;

/** A text that is no set of keys, in one sentence that gives nothing of the keys away. */
public final class KeySetException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Has no cause: what a parser says may quote a secret. */
    KeySetException(String message) {
        super(message);
    }
}
