package io.weir.topology.cli;

import io.weir.core.topic.Topic;
import io.weir.topology.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Registers the schemas of the topics that Weir owns. */
@Command(
        name = "register",
        description = "Registers the schemas of the topics that Weir owns, with compatibility FULL_TRANSITIVE.")
final class SchemasRegisterCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    private final Terminal terminal;

    SchemasRegisterCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Connection connection = Connection.of(common.settings());
        Subjects subjects = new Subjects(connection.serdes().registry().client());
        for (Topic<?> topic : connection.topics().owned()) {
            String subject = Subjects.of(connection.topics().name(topic));
            int id = subjects.register(subject, topic);
            terminal.out()
                    .println("%-34s %-20s id %d".formatted(subject, topic.type().getSimpleName(), id));
        }
        terminal.out().flush();
        return ExitCodes.DONE;
    }
}
