package io.weir.topology;

import io.weir.core.serde.Schemas;
import io.weir.topology.cli.CommandLines;
import io.weir.topology.runtime.FormatLocale;
import io.weir.topology.terminal.Terminal;

/** Where the process starts. */
public final class Main {

    private Main() {}

    /** Runs a command and exits with 0 (done), 1 (failed) or 2 (bad usage). */
    public static void main(String[] args) {
        Schemas.trust();
        FormatLocale.set();
        System.exit(CommandLines.execute(Terminal.ofProcess(), args));
    }
}
