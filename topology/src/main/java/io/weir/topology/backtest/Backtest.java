package io.weir.topology.backtest;

import io.weir.topology.batch.BatchRequest;
import io.weir.topology.batch.BatchRun;
import io.weir.topology.batch.InputFormat;
import io.weir.topology.embedding.SettingsSource;
import io.weir.topology.files.InputFile;
import io.weir.topology.files.Trees;
import io.weir.topology.rules.RuleChoice;
import io.weir.topology.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs recorded events through today's rules and through a candidate's, each time by the same pipeline that runs live, and
 * compares what came of it.
 *
 * @param files recorded events
 * @param today rules that are in force
 * @param candidate rules that might be
 * @param budgets what merchants pay, for the money; without them there are no statements, and no money
 * @param labels what the events were made to be, if anybody knows
 */
public record Backtest(
        List<InputFile> files, RuleChoice today, RuleChoice candidate, Optional<Path> budgets, Optional<Path> labels) {

    /** What alerts, verdicts and bills need. */
    private static final List<String> FEATURES = List.of("intake", "fraud", "adspend");

    /**
     * Runs both, and, where there are budgets, no rule at all; and shows the comparison.
     *
     * @throws io.weir.topology.batch.BatchException if a feature fails
     * @throws io.weir.topology.yaml.YamlFileException if something is wrong in the budgets or rules
     * @throws io.weir.topology.files.FileException if an input cannot be read
     */
    public void run(SettingsSource settings, Terminal terminal) {
        labels.ifPresent(Labels::check);
        try {
            Path work = Files.createTempDirectory("weir-backtest-");
            try {
                RuleEffect before = effect(today, work.resolve("today"), settings, terminal);
                RuleEffect after = effect(candidate, work.resolve("candidate"), settings, terminal);
                Optional<RuleEffect> unjudged =
                        budgets.map(any -> effect(RuleChoice.NONE, work.resolve("unjudged"), settings, terminal));
                new BacktestReport(before, after, unjudged, labels.map(file -> Labels.read(file, before, after)))
                        .print(terminal);
            } finally {
                Trees.delete(work);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RuleEffect effect(RuleChoice rules, Path out, SettingsSource settings, Terminal terminal) {
        BatchRequest request = new BatchRequest(
                FEATURES, files, InputFormat.SEGMENT_JSON, out, 1, 1, budgets, Optional.empty(), rules);
        // Progress is shown; what one batch did is not what was asked.
        Terminal quiet = new Terminal(new PrintWriter(Writer.nullWriter()), terminal.err(), terminal.interactive());
        new BatchRun(request, settings, quiet).run();
        return RuleEffect.of(out);
    }
}
