package io.weir.topology.cli;

import io.weir.topology.batch.BatchRequest;
import io.weir.topology.batch.BatchRun;
import io.weir.topology.batch.InputFormat;
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

/** The whole pipeline over recorded events. */
@Command(
        name = "batch",
        description = {
            "Runs the whole pipeline over recorded events, on a broker inside this process, to the end.",
            "Every output topic becomes DIR/<topic>.ndjson, and what was counted DIR/summary.json. With one partition and"
                    + " one thread, the default, two runs of the same input give the same bytes."
        })
final class BatchCommand implements Callable<Integer> {

    private static final int MOST = 128;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recorded events: NDJSON, or its .gz.")
    List<Path> files = List.of();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory of the results.")
    Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "segment-json",
            description = "What a line is: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    InputFormat format = InputFormat.SEGMENT_JSON;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of every topic. Default: ${DEFAULT-VALUE}.")
    int partitions = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of every feature. Default: ${DEFAULT-VALUE}.")
    int threads = 1;

    @Option(
            names = "--budgets",
            paramLabel = "FILE",
            description =
                    "Budgets of merchants, as \"weir budgets apply\" takes them. Without a start of their own, they"
                            + " count from the beginning of time.")
    Optional<Path> budgets = Optional.empty();

    @Option(
            names = "--experiments",
            paramLabel = "FILE",
            description =
                    "Definitions of experiments, as \"weir experiments apply\" takes them. Those that have none are read"
                            + " by assumed ones.")
    Optional<Path> experiments = Optional.empty();

    @Option(
            names = "--rules",
            paramLabel = "FILE|none",
            description =
                    "Fraud rules, as \"weir rules apply\" takes them; none for no rule at all. Default: those that ship.")
    Optional<String> rules = Optional.empty();

    private final Terminal terminal;

    BatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireCount("--partitions", partitions);
        requireCount("--threads", threads);
        BatchRequest request = new BatchRequest(
                List.of(),
                InputFile.of(files),
                format,
                out,
                partitions,
                threads,
                budgets,
                experiments,
                rules.map(RuleChoice::of).orElse(RuleChoice.SHIPPED));
        new BatchRun(request, common::settings, terminal).run();
        return ExitCodes.DONE;
    }

    private static void requireCount(String option, int count) {
        if (count < 1 || count > MOST) {
            throw CommandException.usage(option + ": expected a whole number from 1 to " + MOST + ", found " + count);
        }
    }
}
