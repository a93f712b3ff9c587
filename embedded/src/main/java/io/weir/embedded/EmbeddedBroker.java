package io.weir.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and its controller (KRaft, one node) in this JVM, on 127.0.0.1 alone.
 *
 * <p>It keeps records whatever their timestamp is, from 1971 to 2100, makes no topic that nobody asked for, and never
 * ends the JVM. Several can run at a time. A broker that was stopped can be started again: same data, same address.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    /** How long the broker may take to hand over its partitions when it stops. */
    private static final Duration HAND_OVER = Duration.ofSeconds(5);
    /** When a stop is given up: the threads are daemons of a broker that nobody reaches any more. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(20);

    private final BrokerDirectory directory;
    private final int defaultPartitions;
    private final Consumer<EmbeddedBrokerException> onFatal;
    private int port;
    private KafkaNode node;

    private EmbeddedBroker(Builder settings) {
        this.directory = BrokerDirectory.open(settings.directory);
        this.defaultPartitions = settings.defaultPartitions;
        // A reference of its own, so that two brokers with the same listener are told apart.
        this.onFatal = failure -> settings.onFatal.accept(failure);
        this.port = settings.port;
    }

    /** The settings of a broker, with one partition, a free port and a temporary directory unless set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts the broker and returns when clients can use it, after about 3 s.
     *
     * @throws EmbeddedBrokerException if it does not start: the port or the directory is in use, the disk is full
     * @throws IllegalStateException if it runs already
     */
    public synchronized void start() {
        if (node != null) {
            throw new IllegalStateException("The broker at %s runs already.".formatted(bootstrapServers()));
        }
        directory.lock();
        FatalFaults.reportTo(onFatal);
        try {
            node = startNode();
        } finally {
            if (node == null) {
                FatalFaults.forget(onFatal);
                directory.unlock();
            }
        }
    }

    private KafkaNode startNode() {
        try (ListeningSockets sockets = new ListeningSockets()) {
            port = sockets.bind(BrokerProperties.CLIENT_LISTENER, port);
            int controllerPort = sockets.bind(BrokerProperties.CONTROLLER_LISTENER, 0);
            directory.formatOnce(BrokerProperties.NODE_ID, BrokerProperties.CONTROLLER_LISTENER);
            return KafkaNode.start(
                    BrokerProperties.of(directory.log(), port, controllerPort, defaultPartitions), sockets, onFatal);
        } catch (EmbeddedBrokerException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new EmbeddedBrokerException(
                    "The embedded broker did not start in %s (%s): look at the log before this line, or name another directory."
                            .formatted(directory.log(), e.getMessage()),
                    e);
        }
    }

    /**
     * The address of the broker, {@code 127.0.0.1:port}; it stays the same when the broker is stopped and started.
     *
     * @throws IllegalStateException if the port is to be a free one and the broker was never started
     */
    public synchronized String bootstrapServers() {
        if (port == 0) {
            throw new IllegalStateException("The broker has no address before it is started: call start() first.");
        }
        return ListeningSockets.HOST + ":" + port;
    }

    /** Where the broker keeps its data. */
    public Path directory() {
        return directory.root();
    }

    /** Whether the broker was started and not stopped since. */
    public synchronized boolean isRunning() {
        return node != null;
    }

    /**
     * Creates topics with {@code retention.ms=-1} and returns when all are there to be used. One that exists is left
     * as it is.
     *
     * @param partitions number of partitions by topic name
     */
    public void createTopics(Map<String, Integer> partitions) {
        createTopics(partitions, Map.of());
    }

    /**
     * Creates topics and returns when all are there to be used. One that exists is left as it is.
     *
     * @param partitions number of partitions by topic name
     * @param configs settings of all of these topics, over {@code retention.ms=-1}
     * @throws EmbeddedBrokerException if a topic cannot be created, or is not there after 30 s
     */
    public void createTopics(Map<String, Integer> partitions, Map<String, String> configs) {
        TopicCreation.create(bootstrapServers(), partitions, configs);
    }

    /** Stops the broker within 20 s and keeps its data, so that it can be started again; does nothing if it is stopped. */
    public synchronized void stop() {
        if (node == null) {
            return;
        }
        KafkaNode stopping = node;
        node = null;
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        stopping.stop(HAND_OVER);
                        stopped.complete(null);
                    } catch (Throwable e) {
                        stopped.completeExceptionally(e);
                    }
                },
                "weir-broker-stop");
        thread.setDaemon(true);
        thread.start();
        awaitStop(stopped);
        FatalFaults.forget(onFatal);
        directory.unlock();
    }

    /** Stops the broker within 20 s, and deletes its directory if that is a temporary one. */
    @Override
    public synchronized void close() {
        stop();
        try {
            directory.deleteIfTemporary();
        } catch (IOException e) {
            LOG.warn(e.getMessage());
        }
    }

    private void awaitStop(CompletableFuture<Void> stopped) {
        try {
            stopped.get(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.warn("The broker at {} stopped with a fault.", bootstrapServers(), e.getCause());
        } catch (TimeoutException e) {
            LOG.warn("The broker at {} did not stop within {}; it is left behind.", bootstrapServers(), STOP_BOUND);
        }
    }

    /** What can be chosen about a broker. */
    public static final class Builder {
        private Optional<Path> directory = Optional.empty();
        private int port;
        private int defaultPartitions = 1;
        private Consumer<EmbeddedBrokerException> onFatal = failure -> {};

        private Builder() {}

        /** A directory that is kept when the broker is closed; without it, a temporary one that is deleted. */
        public Builder directory(Path chosen) {
            this.directory = Optional.of(chosen);
            return this;
        }

        /** The port on 127.0.0.1; 0, the default, takes a free one. */
        public Builder port(int chosen) {
            this.port = chosen;
            return this;
        }

        /** The number of partitions of a topic that is created without one; 1 unless set. */
        public Builder defaultPartitions(int chosen) {
            this.defaultPartitions = chosen;
            return this;
        }

        /** Who is told, on a thread of the broker, that it failed for good (a full disk, a broken log). */
        public Builder onFatal(Consumer<EmbeddedBrokerException> listener) {
            this.onFatal = listener;
            return this;
        }

        /** A broker that is not started yet. */
        public EmbeddedBroker build() {
            return new EmbeddedBroker(this);
        }

        /** A broker that clients can use; what it leaves behind is cleared if it does not start. */
        public EmbeddedBroker start() {
            EmbeddedBroker broker = build();
            try {
                broker.start();
                return broker;
            } finally {
                if (!broker.isRunning()) {
                    broker.close();
                }
            }
        }
    }
}
