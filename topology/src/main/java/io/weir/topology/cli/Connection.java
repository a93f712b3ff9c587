package io.weir.topology.cli;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.settings.Settings;
import io.weir.core.topic.Topics;
import io.weir.topology.runtime.Deployment;
import io.weir.topology.runtime.KafkaSettings;
import io.weir.topology.runtime.RuntimeSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The cluster and the registry that a command talks to. */
final class Connection {

    private final RuntimeSettings runtime;
    private final Topics topics;
    private final AvroSerdes serdes;

    private Connection(Settings settings) {
        this.runtime = RuntimeSettings.of(settings);
        this.topics = Deployment.topics(settings);
        this.serdes = new AvroSerdes(runtime.registry().open());
    }

    /**
     * Where the settings point; nothing is asked of it yet.
     *
     * @throws io.weir.core.settings.SettingsException if one is wrong
     */
    static Connection of(Settings settings) {
        return new Connection(settings);
    }

    RuntimeSettings runtime() {
        return runtime;
    }

    Topics topics() {
        return topics;
    }

    AvroSerdes serdes() {
        return serdes;
    }

    /** Properties of a client of the cluster, with its own over the user's. */
    Map<String, Object> clientConfig(Map<String, ?> own) {
        Map<String, Object> config = new HashMap<>(runtime.kafka().clientProperties());
        config.putAll(own);
        return config;
    }

    /** A client that gives up after the start timeout. */
    Admin admin() {
        int bound = Math.toIntExact(runtime.kafka().startTimeout().toMillis());
        try {
            return Admin.create(clientConfig(Map.of(
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, bound,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, bound)));
        } catch (KafkaException e) {
            throw CommandException.failed("No client can be made for the broker at "
                    + runtime.kafka().bootstrapServers() + " (" + innermost(e) + "): check "
                    + KafkaSettings.BOOTSTRAP_SERVERS.key() + " and weir.kafka.client.*");
        }
    }

    /**
     * What the broker answers.
     *
     * @throws CommandException if none does
     */
    <T> T answer(KafkaFuture<T> asked) throws ExecutionException {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("The command was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw CommandException.failed("No broker answers at "
                        + runtime.kafka().bootstrapServers() + " within "
                        + runtime.kafka().startTimeout().toMillis() + " ms: check that it runs, and "
                        + KafkaSettings.BOOTSTRAP_SERVERS.key());
            }
            throw e;
        }
    }

    /**
     * Makes sure that a topic is there.
     *
     * @throws CommandException if it is not, or no broker answers
     */
    void requireTopic(String name) {
        try (Admin admin = admin()) {
            answer(admin.describeTopics(List.of(name)).allTopicNames());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnknownTopicOrPartitionException || cause instanceof InvalidTopicException) {
                String create = topics.find(name).isPresent()
                        ? "run \"weir topics create\" with the same settings"
                        : "create it, or correct its name";
                throw CommandException.failed("The broker at " + runtime.kafka().bootstrapServers() + " has no topic "
                        + name + ": " + create);
            }
            throw refused("describe topic " + name, cause);
        }
    }

    /** The broker has said no. */
    CommandException refused(String what, Throwable cause) {
        return CommandException.failed("The broker at " + runtime.kafka().bootstrapServers() + " does not " + what
                + " (" + innermost(cause) + ")" + (cause instanceof RetriableException ? ": try again" : ""));
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
