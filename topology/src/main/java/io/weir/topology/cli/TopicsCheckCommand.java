package io.weir.topology.cli;

import io.weir.core.topic.Topic;
import io.weir.topology.terminal.Terminal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks that the topics that Weir owns are there. */
@Command(
        name = "check",
        description = "Lists the topics that Weir owns, and fails if one is missing or they differ in partitions.")
final class TopicsCheckCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    private final Terminal terminal;

    TopicsCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Connection connection = Connection.of(common.settings());
        Map<String, TopicDescription> found = find(connection);
        List<String> missing = new ArrayList<>();
        Set<Integer> counts = new HashSet<>();
        for (Topic<?> topic : connection.topics().owned()) {
            String name = connection.topics().name(topic);
            TopicDescription description = found.get(name);
            if (description == null) {
                missing.add(name);
            } else {
                counts.add(description.partitions().size());
            }
            terminal.out()
                    .println("%-28s %-12s %-8s %-20s key: %s"
                            .formatted(
                                    name,
                                    description == null
                                            ? "missing"
                                            : description.partitions().size() + " partitions",
                                    topic.cleanup().policy(),
                                    topic.type().getSimpleName(),
                                    topic.key()));
        }
        terminal.out().flush();
        if (!missing.isEmpty()) {
            throw CommandException.failed("The broker at "
                    + connection.runtime().kafka().bootstrapServers() + " lacks "
                    + (missing.size() == 1 ? "topic " : "topics ") + String.join(", ", missing)
                    + ": run \"weir topics create\" with the same settings");
        }
        if (counts.size() > 1) {
            throw CommandException.failed(
                    "The topics must have the same number of partitions, or a visitor's events are"
                            + " torn apart; found " + counts.stream().sorted().toList());
        }
        return ExitCodes.DONE;
    }

    private static Map<String, TopicDescription> find(Connection connection) {
        try (Admin admin = connection.admin()) {
            Set<String> there =
                    new HashSet<>(connection.answer(admin.listTopics().names()));
            there.retainAll(connection.topics().owned().stream()
                    .map(connection.topics()::name)
                    .toList());
            return connection.answer(admin.describeTopics(there).allTopicNames());
        } catch (ExecutionException e) {
            throw connection.refused("list its topics", e.getCause());
        }
    }
}
