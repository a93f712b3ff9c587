package io.weir.topology.cli;

import io.weir.topology.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command printed, and how it ended. */
record Output(int exitCode, String out, String err) {

    /** Runs a command as the process would. */
    static Output of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
        int exitCode = CommandLines.execute(terminal, args);
        return new Output(exitCode, out.toString(), err.toString());
    }
}
