package io.weir.topology.files;

/** A file or directory is not what it must be. The message is one sentence that names it, for the user. */
public final class FileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the file, what was expected and what was found */
    public FileException(String message) {
        super(message);
    }
}
