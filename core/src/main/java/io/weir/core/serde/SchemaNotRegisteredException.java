package io.weir.core.serde;

/** A schema that Weir writes is not in the registry, and Weir may not register it itself. */
public final class SchemaNotRegisteredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param subject the subject that lacks it */
    public SchemaNotRegisteredException(String subject) {
        super("The schema registry has no such schema for subject " + subject
                + ": run \"weir schemas register\" with the same settings first.");
    }
}
