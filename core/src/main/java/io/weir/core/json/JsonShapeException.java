package io.weir.core.json;

/** JSON that does not have the shape of a record. */
public final class JsonShapeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * @param pointer JSON pointer to the offending value; empty for the whole
     * @param problem what is wrong with it
     */
    public JsonShapeException(String pointer, String problem) {
        super((pointer.isEmpty() ? "the whole" : pointer) + ": " + problem);
        this.pointer = pointer;
    }

    /** JSON pointer to the offending value. */
    public String pointer() {
        return pointer;
    }
}
