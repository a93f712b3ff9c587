package io.weir.topology.runtime;

/** The service cannot start as things are. The message is one sentence for the user, which says what to do. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, and what to do */
    public StartException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, and what to do
     * @param cause for the log
     */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
