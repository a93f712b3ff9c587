package io.weir.topology.cli;

import io.weir.core.settings.Settings;
import io.weir.core.topic.Topics;
import io.weir.schemas.MerchantBudget;
import io.weir.topology.budgets.BudgetFile;
import io.weir.topology.budgets.BudgetText;
import io.weir.topology.control.ControlTopic;
import io.weir.topology.terminal.Terminal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Budgets from a file into their topic. */
@Command(
        name = "apply",
        description = {
            "Writes the budgets of a YAML file to their topic: all of them, or none if something is wrong in the file.",
            "A budget replaces the merchant's earlier one as a whole, from its effective_from on or else from the next full"
                    + " minute. Merchants that are not in the file keep what they have. A version that the file does not"
                    + " give is the time, in milliseconds."
        })
final class BudgetsApplyCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "Budgets, in YAML; amounts are in units of the currency.")
    Path file;

    @Option(names = "--dry-run", description = "Only check the file, and show what would take effect.")
    boolean dryRun;

    private final Terminal terminal;
    private final InstantSource clock;

    BudgetsApplyCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Settings settings = common.settings();
        Instant now = Instant.ofEpochMilli(clock.millis());
        List<MerchantBudget> budgets = BudgetFile.read(file, now.toEpochMilli());
        String outcome = dryRun ? "checked, none written (--dry-run)" : "written to " + write(budgets, settings, now);
        budgets.forEach(budget -> terminal.out().println(BudgetText.of(budget, now)));
        terminal.out().println(budgets.size() + (budgets.size() == 1 ? " budget " : " budgets ") + outcome);
        terminal.out().flush();
        return ExitCodes.DONE;
    }

    /** Returns the name of the topic. */
    private static String write(List<MerchantBudget> budgets, Settings settings, Instant now) {
        Connection connection = Connection.of(settings);
        ControlTopic<MerchantBudget> topic = new ControlTopic<>(
                Topics.BUDGETS, connection.topics(), connection.serdes(), connection.clientConfig(Map.of()));
        connection.requireTopic(topic.name());
        topic.write(budgets, MerchantBudget::getMerchantId, now.toEpochMilli());
        return topic.name();
    }
}
