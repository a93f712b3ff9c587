package io.weir.topology.control;

/** Records could not be written to a control topic. The message is one sentence, for the user. */
public final class ControlTopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ControlTopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
