package io.weir.intake.admission.plan;

/** A schema cannot be used. The message says why, in words that can follow its file's name. */
final class WrongSchemaException extends Exception {

    private static final long serialVersionUID = 1L;

    WrongSchemaException(String message) {
        super(message);
    }
}
