package io.weir.topology.cli;

import io.weir.core.settings.Settings;
import io.weir.core.topic.Topics;
import io.weir.schemas.MerchantBudget;
import io.weir.topology.budgets.BudgetFile;
import io.weir.topology.budgets.BudgetText;
import io.weir.topology.terminal.Terminal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
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
final class BudgetsApplyCommand extends ApplyCommand<MerchantBudget> {

    @Parameters(paramLabel = "FILE", description = "Budgets, in YAML; amounts are in units of the currency.")
    Path file;

    BudgetsApplyCommand(Terminal terminal, InstantSource clock) {
        super(Topics.BUDGETS, "budget", terminal, clock);
    }

    @Override
    List<MerchantBudget> read(Settings settings, long version) {
        return BudgetFile.read(file, version);
    }

    @Override
    String key(MerchantBudget budget) {
        return budget.getMerchantId();
    }

    /** A budget counts from a time, which is the next minute where the file gives none: each is a change. */
    @Override
    boolean saysTheSame(MerchantBudget record, MerchantBudget before) {
        return false;
    }

    @Override
    long version(MerchantBudget budget) {
        return budget.getVersion();
    }

    @Override
    String line(MerchantBudget budget, Instant recordTime) {
        return BudgetText.of(budget, recordTime);
    }
}
