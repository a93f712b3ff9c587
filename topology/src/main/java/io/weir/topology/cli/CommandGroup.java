package io.weir.topology.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that is followed by another, such as {@code topics create}. */
@Command
final class CommandGroup implements Runnable {

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command after \"" + spec.qualifiedName() + "\": expected one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
