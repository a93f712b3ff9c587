package io.weir.topology.cli;

import io.weir.core.topic.Topics;
import io.weir.schemas.DeadLetterReason;
import io.weir.topology.terminal.Terminal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Repaired or re-admitted events back into their source. */
@Command(
        name = "replay",
        description = {
            "Puts refused messages back into their source, each once, however often it was refused.",
            "A message that has come back --max-replays times is left alone. What was accepted meanwhile is a duplicate"
                    + " and changes nothing."
        })
final class DeadLettersReplayCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "R",
            description = "Why they were refused: the code of their last refusal, such as PLAN_VIOLATION.")
    String reason = "";

    @Option(
            names = "--since",
            paramLabel = "T",
            description = "Only what was refused at this time or later, such as 2026-01-31T12:00:00Z.")
    Optional<String> since = Optional.empty();

    @Option(
            names = "--max-replays",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often a message may be put back. Default: ${DEFAULT-VALUE}.")
    int maxReplays = 3;

    private final Terminal terminal;

    DeadLettersReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        DeadLetterReason wanted = reason();
        Instant from = since();
        if (maxReplays < 1) {
            throw CommandException.usage("--max-replays: expected a whole number from 1, found " + maxReplays);
        }
        Connection connection = Connection.of(common.settings());
        String topic = connection.topics().name(Topics.DEAD_LETTER);
        connection.requireTopic(topic);
        DeadLetterReplay replay = new DeadLetterReplay(connection, topic, wanted, from, maxReplays);
        DeadLetterReplay.Outcome outcome = replay.run();
        terminal.out()
                .println("%d messages put back, %d left alone after %d replays"
                        .formatted(outcome.sent(), outcome.exhausted(), maxReplays));
        if (outcome.cut() > 0) {
            terminal.out()
                    .println(
                            "%d were too large for a dead letter, which holds only their beginning; they are still in their source, at the position that the letter names"
                                    .formatted(outcome.cut()));
        }
        terminal.out().flush();
        return ExitCodes.DONE;
    }

    private DeadLetterReason reason() {
        return Arrays.stream(DeadLetterReason.values())
                .filter(each -> each.toString().equals(reason.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> CommandException.usage("--reason: expected one of "
                        + Arrays.stream(DeadLetterReason.values())
                                .map(Object::toString)
                                .collect(Collectors.joining(", "))
                        + ", found \"" + reason + "\""));
    }

    private Instant since() {
        try {
            return since.map(Instant::parse).orElse(Instant.MIN);
        } catch (DateTimeException e) {
            throw CommandException.usage(
                    "--since: expected a time such as 2026-01-31T12:00:00Z, found \"" + since.get() + "\"");
        }
    }
}
