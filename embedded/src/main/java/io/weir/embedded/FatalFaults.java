package io.weir.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a broker that gives up from taking the JVM with it. Kafka ends its process on a full disk or a broken log; in
 * a JVM that is not its own that has to become a report to those who started it.
 */
final class FatalFaults {
    private static final Logger LOG = LoggerFactory.getLogger(FatalFaults.class);
    private static final Set<Consumer<EmbeddedBrokerException>> RUNNING = ConcurrentHashMap.newKeySet();

    private FatalFaults() {}

    /** From now on Kafka's calls to end the process are reported to this broker, and to all others that run. */
    static synchronized void reportTo(Consumer<EmbeddedBrokerException> broker) {
        RUNNING.add(broker);
        Exit.setExitProcedure(FatalFaults::refuse);
        Exit.setHaltProcedure(FatalFaults::refuse);
    }

    static synchronized void forget(Consumer<EmbeddedBrokerException> broker) {
        RUNNING.remove(broker);
        if (RUNNING.isEmpty()) {
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
        }
    }

    private static void refuse(int status, String message) {
        EmbeddedBrokerException failure = new EmbeddedBrokerException(
                "The embedded broker gave up (%s): look at the log before this line, then start it again."
                        .formatted(message == null ? "status " + status : message));
        LOG.error(failure.getMessage());
        RUNNING.forEach(broker -> broker.accept(failure));
        // Kafka's callers count on not coming back from here.
        throw failure;
    }
}
