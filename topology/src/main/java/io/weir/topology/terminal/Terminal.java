package io.weir.topology.terminal;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where commands write: results to {@code out}, everything else to {@code err}.
 *
 * @param out results
 * @param err messages and progress
 * @param interactive whether a person watches {@code err}
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {

    /** Said by the launcher, which can tell for standard error alone; the JVM can not. */
    private static final String STDERR_IS_TERMINAL = "weir.stderr.terminal";

    /** The terminal of this process; text is UTF-8, as JSON is. */
    public static Terminal ofProcess() {
        String said = System.getProperty(STDERR_IS_TERMINAL);
        boolean interactive = said == null ? hasConsole() : Boolean.parseBoolean(said);
        return new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                interactive);
    }

    /** Starts to show how far something is. */
    public ProgressBar progress(String what) {
        return new ProgressBar(err, interactive, what);
    }

    /** A number with its thousands set apart, such as {@code 30 969}. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /** From Java 22 on there always is one, so that it says nothing. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasConsole() {
        return Runtime.version().feature() < 22 && System.console() != null;
    }
}
