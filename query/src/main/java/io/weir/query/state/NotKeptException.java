package io.weir.query.state;

/** No state of that kind is kept: its feature does not run in this process, or a setting has it off. */
public final class NotKeptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one sentence, for the caller */
    public NotKeptException(String message) {
        super(message);
    }
}
