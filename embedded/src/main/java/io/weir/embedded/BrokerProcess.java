package io.weir.embedded;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The broker as a process of its own, for what has to kill it or to measure beside it: {@code java -cp …
 * io.weir.embedded.BrokerProcess --port 19092 --dir DIR --partitions 4}. Prints {@value #READY} with the address when
 * clients can use it; ends on SIGTERM.
 */
public final class BrokerProcess {
    /** What the line starts with that is printed when clients can use the broker; its address follows. */
    public static final String READY = "Broker ready at ";

    private static final String USAGE = "Usage: BrokerProcess [--port PORT] [--dir DIRECTORY] [--partitions COUNT]";
    /** Logback's settings for this process, unless others are given: warnings alone, to the standard error. */
    private static final String LOG_SETTINGS = "io/weir/embedded/broker-logback.xml";

    private BrokerProcess() {}

    /**
     * Runs a broker until SIGTERM; exits with 2 on bad usage, with 1 if the broker does not start or fails.
     *
     * @param arguments {@code --port} (a free one unless given), {@code --dir} (kept; a temporary one unless given),
     *     {@code --partitions} (of a topic that is created without a number; 1 unless given)
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", LOG_SETTINGS);
        }
        EmbeddedBroker.Builder settings;
        try {
            settings = parse(arguments);
        } catch (IllegalArgumentException e) {
            end(2, e.getMessage());
            return;
        }
        settings.onFatal(failure -> end(1, failure.getMessage()));
        try {
            EmbeddedBroker broker = settings.start();
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "weir-broker-close"));
            PrintStream out = System.out;
            out.println(READY + broker.bootstrapServers());
            out.flush();
        } catch (EmbeddedBrokerException e) {
            end(1, e.getMessage());
        }
        new CountDownLatch(1).await();
    }

    static EmbeddedBroker.Builder parse(String[] arguments) {
        EmbeddedBroker.Builder settings = EmbeddedBroker.builder();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("%s: expected a value after it. %s".formatted(arguments[i], USAGE));
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--port" -> settings.port(number("--port", value, 0, 65_535));
                case "--dir" -> settings.directory(Path.of(value));
                case "--partitions" -> settings.defaultPartitions(number("--partitions", value, 1, 1_000));
                default -> throw new IllegalArgumentException("Unknown option %s. %s".formatted(arguments[i], USAGE));
            }
        }
        return settings;
    }

    private static int number(String option, String value, int least, int most) {
        try {
            int parsed = Integer.parseInt(value);
            if (parsed >= least && parsed <= most) {
                return parsed;
            }
        } catch (NumberFormatException e) {
            // Said below, as of a number out of bounds.
        }
        throw new IllegalArgumentException(
                "%s: expected a whole number from %d to %d, found \"%s\".".formatted(option, least, most, value));
    }

    /** Ends at once, also on a thread of a broker that a closing hook would wait for. */
    private static void end(int status, String message) {
        System.err.println(message);
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }
}
