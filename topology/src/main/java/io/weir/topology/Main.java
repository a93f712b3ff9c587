package io.weir.topology;

import io.weir.core.serde.Schemas;
import io.weir.topology.cli.CommandLines;
import io.weir.topology.runtime.FormatLocale;
import io.weir.topology.terminal.Terminal;
import org.apache.kafka.streams.processor.internals.StreamThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the process starts. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /** Runs a command and exits with 0 (done), 1 (failed) or 2 (bad usage). */
    public static void main(String[] args) {
        Schemas.trust();
        FormatLocale.set();
        Thread.setDefaultUncaughtExceptionHandler(Main::ended);
        System.exit(CommandLines.execute(Terminal.ofProcess(), args));
    }

    /** A thread of Kafka Streams that is replaced ends like this too, when Weir has said why: the JVM would print the stack. */
    private static void ended(Thread thread, Throwable reason) {
        if (thread instanceof StreamThread) {
            LOG.debug("{} ended", thread.getName(), reason);
        } else {
            LOG.error("{} ended", thread.getName(), reason);
        }
    }
}
