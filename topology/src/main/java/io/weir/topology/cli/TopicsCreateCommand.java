package io.weir.topology.cli;

import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.topology.runtime.TopicSettings;
import io.weir.topology.terminal.Terminal;
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
            for (Topic<?> topic : Topics.all()) {
                String name = connection.topics().name(topic);
                boolean created = !there.contains(name) && create(topic, name, connection, admin);
                terminal.out().println((created ? "created  " : "exists   ") + name);
            }
        } catch (ExecutionException e) {
            throw connection.refused("list its topics", e.getCause());
        }
        terminal.out().flush();
        return ExitCodes.DONE;
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
