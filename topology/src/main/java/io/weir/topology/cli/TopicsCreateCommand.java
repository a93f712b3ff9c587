package io.weir.topology.cli;

import io.weir.core.topic.Topic;
import io.weir.topology.runtime.TopicSettings;
import io.weir.topology.terminal.Pauses;
import io.weir.topology.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Creates the topics that Weir owns. */
@Command(
        name = "create",
        description = {
            "Creates the topics that Weir owns and that are not there yet; those that are there stay as they are.",
            "Partitions, replication and retention are settings (weir.topics.*)."
        })
final class TopicsCreateCommand implements Callable<Integer> {

    private static final int MOST_LOOKS = 100;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    @Mixin
    CommonOptions common = new CommonOptions();

    private final Terminal terminal;

    TopicsCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Connection connection = Connection.of(common.settings());
        try (Admin admin = connection.admin()) {
            Set<String> there = connection.answer(admin.listTopics().names());
            for (Topic<?> topic : connection.topics().owned()) {
                String name = connection.topics().name(topic);
                boolean created = !there.contains(name) && create(topic, name, connection, admin);
                terminal.out().println((created ? "created  " : "exists   ") + name);
            }
            awaitSeen(connection, admin);
        } catch (ExecutionException e) {
            throw connection.refused("list its topics", e.getCause());
        }
        terminal.out().flush();
        return ExitCodes.DONE;
    }

    /** The controller has created them; other brokers learn of it a moment later, and what runs next may ask those. */
    private static void awaitSeen(Connection connection, Admin admin) throws ExecutionException {
        List<String> names = connection.topics().owned().stream()
                .map(connection.topics()::name)
                .toList();
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            if (connection.answer(admin.listTopics().names()).containsAll(names)) {
                return;
            }
            Pauses.pause(BETWEEN_LOOKS);
        }
    }

    /** Returns false if somebody else was faster. */
    private static boolean create(Topic<?> topic, String name, Connection connection, Admin admin) {
        TopicSettings settings = connection.runtime().topics();
        Optional<Short> replication =
                settings.replicationFactor() < 0 ? Optional.empty() : Optional.of((short) settings.replicationFactor());
        NewTopic wanted =
                new NewTopic(name, Optional.of(settings.partitions()), replication).configs(settings.configs(topic));
        try {
            connection.answer(admin.createTopics(List.of(wanted)).all());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw connection.refused("create topic " + name, e.getCause());
        }
    }
}
