package io.weir.topology.cli;

import io.weir.adspend.AdspendSettings;
import io.weir.core.settings.Settings;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import io.weir.schemas.VerdictSubject;
import io.weir.topology.control.ControlTopic;
import io.weir.topology.terminal.Terminal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes verdicts back, by hand. */
@Command(
        name = "clear",
        description = {
            "Clears an event or a visitor: what a rule has found of it, or all rules, does not count any more, nor what"
                    + " they find later. The bill and the experiments follow.",
            "An event is looked up in the topic of verdicts, which keeps them for 8 days."
        })
final class VerdictsClearCommand implements Callable<Integer> {

    private static final String BILL_STAYS =
            "; its bill stays as it is, since it occurred longer ago than " + AdspendSettings.LATENESS.key();

    @Mixin
    CommonOptions common = new CommonOptions();

    @ArgGroup(multiplicity = "1")
    Subject subject;

    @Option(
            names = "--rule",
            paramLabel = "ID",
            defaultValue = "*",
            description = "Only this rule; default: all rules.")
    String rule = "*";

    private final Terminal terminal;
    private final InstantSource clock;

    VerdictsClearCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /** What is cleared. */
    static final class Subject {
        @Option(
                names = "--event",
                paramLabel = "ID",
                required = true,
                description = "An event, as its verdict names it.")
        String event;

        @Option(names = "--visitor", paramLabel = "ID", required = true, description = "A visitor.")
        String visitor;
    }

    @Override
    public Integer call() {
        Settings settings = common.settings();
        Connection connection = Connection.of(settings);
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (subject.visitor != null) {
            write(Topics.VISITOR_VERDICTS, cleared(subject.visitor, now), connection, "");
        } else {
            List<Verdict> found = VerdictSearch.of(connection, subject.event, rule);
            if (found.isEmpty()) {
                throw CommandException.failed("There is no verdict" + (rule.equals("*") ? "" : " of rule " + rule)
                        + " on event \"" + subject.event + "\" in the last days: nothing was cleared");
            }
            Instant billed = now.minus(settings.get(AdspendSettings.LATENESS));
            found.forEach(verdict -> write(
                    Topics.VERDICTS,
                    cleared(verdict, now),
                    connection,
                    verdict.getOccurredAt().isBefore(billed) ? BILL_STAYS : ""));
        }
        terminal.out().flush();
        return ExitCodes.DONE;
    }

    private Verdict cleared(String visitor, Instant now) {
        return new Verdict(
                VerdictSubject.VISITOR,
                null,
                visitor,
                null,
                null,
                null,
                now,
                VerdictStatus.CLEARED,
                rule,
                0L,
                true,
                now);
    }

    private Verdict cleared(Verdict verdict, Instant now) {
        return Verdict.newBuilder(verdict)
                .setStatus(VerdictStatus.CLEARED)
                .setRule(rule)
                .setVersion(0)
                .setByHand(true)
                .setDecidedAt(now)
                .build();
    }

    private void write(Topic<Verdict> topic, Verdict verdict, Connection connection, String note) {
        ControlTopic<Verdict> verdicts =
                new ControlTopic<>(topic, connection.topics(), connection.serdes(), connection.clientConfig(Map.of()));
        connection.requireTopic(verdicts.name());
        verdicts.write(List.of(verdict), VerdictsClearCommand::key, clock.millis());
        String who = verdict.getEventId() == null
                ? "visitor " + verdict.getVisitorId()
                : "event " + verdict.getEventId() + " of " + key(verdict);
        terminal.out()
                .println(who + " cleared of " + (rule.equals("*") ? "every rule" : "rule " + rule) + ", written to "
                        + verdicts.name() + note);
    }

    private static String key(Verdict verdict) {
        return verdict.getEventId() == null || verdict.getMerchantId() == null
                ? verdict.getVisitorId()
                : verdict.getMerchantId();
    }
}
