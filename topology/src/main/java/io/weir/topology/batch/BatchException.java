package io.weir.topology.batch;

/** A batch cannot go on. The message is one sentence, for the user. */
public final class BatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what went wrong */
    public BatchException(String message) {
        super(message);
    }

    /** @param message what went wrong */
    public BatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
