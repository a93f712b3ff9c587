package io.weir.topology.cli;

import io.weir.core.settings.Settings;
import io.weir.core.topic.Topics;
import io.weir.experiments.ExperimentSettings;
import io.weir.schemas.ExperimentDefinition;
import io.weir.topology.experiments.ExperimentFile;
import io.weir.topology.experiments.ExperimentText;
import io.weir.topology.terminal.Terminal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Experiments from a file into the topic of their definitions. */
@Command(
        name = "apply",
        description = {
            "Writes the experiments of a YAML file to the topic of their definitions: all of them, or none if something is"
                    + " wrong in the file.",
            "A definition replaces the experiment's earlier one as a whole; other weights begin an epoch. Experiments that"
                    + " are not in the file keep what they have. A version that the file does not give is the time, in"
                    + " milliseconds."
        })
final class ExperimentsApplyCommand extends ApplyCommand<ExperimentDefinition> {

    @Parameters(paramLabel = "FILE", description = "Experiments, in YAML; amounts are in units of the currency.")
    Path file;

    ExperimentsApplyCommand(Terminal terminal, InstantSource clock) {
        super(Topics.DEFINITIONS, "experiment", terminal, clock);
    }

    @Override
    List<ExperimentDefinition> read(Settings settings, long version) {
        return ExperimentFile.read(file, version, ExperimentSettings.measurable(settings));
    }

    @Override
    String key(ExperimentDefinition experiment) {
        return experiment.getId();
    }

    @Override
    long version(ExperimentDefinition experiment) {
        return experiment.getVersion();
    }

    @Override
    String line(ExperimentDefinition experiment, Instant recordTime) {
        return ExperimentText.of(experiment);
    }
}
