package io.weir.query.state;

/** Nobody can answer now who could a little later: state is being moved or restored, or a process does not answer. */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one sentence, for the caller */
    public UnavailableException(String message) {
        super(message);
    }

    /** @param message one sentence, for the caller */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
