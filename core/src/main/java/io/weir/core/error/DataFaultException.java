package io.weir.core.error;

/** A record that can be read but not processed, whatever the state: thrown by a feature, it becomes a dead letter. */
public final class DataFaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one sentence, for the dead letter */
    public DataFaultException(String message) {
        super(message);
    }
}
