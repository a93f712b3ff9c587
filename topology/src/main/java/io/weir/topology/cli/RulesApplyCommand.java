package io.weir.topology.cli;

import io.weir.core.settings.Settings;
import io.weir.core.topic.Topics;
import io.weir.fraud.FraudSettings;
import io.weir.schemas.FraudRule;
import io.weir.topology.rules.RuleFile;
import io.weir.topology.rules.RuleText;
import io.weir.topology.terminal.Terminal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Fraud rules from a file into their topic. */
@Command(
        name = "apply",
        description = {
            "Writes the rules of a YAML file to their topic: all of them, or none if something is wrong in the file.",
            "A rule replaces its earlier version as a whole, while Weir runs. Rules that are not in the file keep what they"
                    + " have. A version that the file does not give is the time, in milliseconds."
        })
final class RulesApplyCommand extends ApplyCommand<FraudRule> {

    @Parameters(paramLabel = "FILE", description = "Rules, in YAML; their conditions in CEL.")
    Path file;

    RulesApplyCommand(Terminal terminal, InstantSource clock) {
        super(Topics.RULES, "rule", terminal, clock);
    }

    @Override
    List<FraudRule> read(Settings settings, long version) {
        return RuleFile.read(file, version, settings.get(FraudSettings.KINDS));
    }

    @Override
    String key(FraudRule rule) {
        return rule.getId();
    }

    @Override
    long version(FraudRule rule) {
        return rule.getVersion();
    }

    @Override
    String line(FraudRule rule, Instant recordTime) {
        return RuleText.of(rule);
    }
}
