package io.weir.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** One run of Kafka's broker and controller, from start to stop; a restart is another one on the same directory. */
final class KafkaNode {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    private final ControllerServer controller;
    private final BrokerServer broker;

    private KafkaNode(ControllerServer controller, BrokerServer broker) {
        this.controller = controller;
        this.broker = broker;
    }

    /**
     * Starts the node and returns when clients can use it.
     *
     * @param onFatal told of what the node does not recover from while it runs
     */
    static KafkaNode start(
            Map<String, String> properties, ListeningSockets sockets, Consumer<EmbeddedBrokerException> onFatal) {
        KafkaConfig config = new KafkaConfig(properties, false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> stored = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        List<String> voters = config.quorumConfig().voters();
        SharedServer shared = new SharedServer(
                config,
                stored._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(voters)),
                List.of(),
                (name, fatal, action) -> faultHandler(name, fatal, action, onFatal),
                sockets);
        KafkaNode node = new KafkaNode(
                new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2()), new BrokerServer(shared));
        try {
            node.controller.startup();
            node.broker.startup();
        } catch (Throwable e) {
            node.stop(Duration.ZERO);
            throw e;
        }
        return node;
    }

    /** Stops the broker, which may hand over to the controller until the timeout, then the controller. */
    void stop(Duration timeout) {
        broker.shutdown(timeout);
        controller.shutdown();
    }

    private static FaultHandler faultHandler(
            String name, boolean fatal, Runnable action, Consumer<EmbeddedBrokerException> onFatal) {
        LoggingFaultHandler logging = new LoggingFaultHandler(name, action);
        if (!fatal) {
            return logging;
        }
        return (message, cause) -> {
            onFatal.accept(new EmbeddedBrokerException(
                    "The embedded broker's %s failed (%s): look at the log before this line, then start it again."
                            .formatted(name, message),
                    cause));
            return logging.handleFault(message, cause);
        };
    }
}
