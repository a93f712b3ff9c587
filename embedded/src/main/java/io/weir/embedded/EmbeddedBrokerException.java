package io.weir.embedded;

/** The embedded broker cannot do what it was asked; the message is one sentence that says why and what to do. */
public final class EmbeddedBrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedBrokerException(String message) {
        super(message);
    }

    EmbeddedBrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
