package io.weir.core.serde;

/** The schema registry cannot be reached or answers that it is in trouble. Nothing is wrong with the message: try again. */
public final class RegistryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the registry's client said */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
