package io.weir.topology.cli;

/** A command cannot do what it was asked. The message is one sentence, for the user. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Something did not work: exit code 1. */
    static CommandException failed(String message) {
        return new CommandException(ExitCodes.FAILED, message);
    }

    /** The user asked for something that makes no sense: exit code 2. */
    static CommandException usage(String message) {
        return new CommandException(ExitCodes.USAGE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
