package io.weir.topology.cli;

import io.weir.topology.backtest.Backtest;
import io.weir.topology.files.InputFile;
import io.weir.topology.rules.RuleChoice;
import io.weir.topology.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What rules would have done. */
@Command(
        name = "backtest",
        description = {
            "Runs recorded events through the rules of a file and through today's, and shows side by side the alerts of each"
                    + " rule, the events that would be invalid, and what each merchant would not be billed.",
            "Both runs are those of \"weir batch\", on a broker inside this process. With --labels, precision and recall."
        })
final class RulesBacktestCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "RULES", description = "The candidate: rules in YAML, as apply takes them.")
    Path candidate;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Recorded events: NDJSON, or its .gz.")
    List<Path> files = List.of();

    @Option(
            names = "--today",
            paramLabel = "FILE|none",
            description = "Today's rules; none for no rule at all. Default: those that ship.")
    Optional<String> today = Optional.empty();

    @Option(
            names = "--budgets",
            paramLabel = "FILE",
            description = "Budgets of merchants: without them there is no statement, and no money is shown.")
    Optional<Path> budgets = Optional.empty();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "What the events really were: {event_id, kind, visitor_id, made} a line; made is HONEST, or what"
                            + " rules should find.")
    Optional<Path> labels = Optional.empty();

    private final Terminal terminal;

    RulesBacktestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        new Backtest(
                        InputFile.of(files),
                        today.map(RuleChoice::of).orElse(RuleChoice.SHIPPED),
                        RuleChoice.of(candidate),
                        budgets,
                        labels)
                .run(common::settings, terminal);
        return ExitCodes.DONE;
    }
}
