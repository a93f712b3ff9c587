package io.weir.topology.cli;

import io.weir.core.feature.Build;
import io.weir.topology.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir} without a command shows what there is. */
@Command(
        name = "weir",
        description = "Sessions, live experiment results, ad spend caps and fraud alerts from a clickstream.",
        versionProvider = WeirCommand.Version.class,
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 bad usage.",
            "Any setting can be given as --set key=value, in a file (--config), or as an environment variable"
                    + " (weir.topic-prefix is WEIR_TOPIC_PREFIX)."
        })
final class WeirCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    boolean version;

    private final Terminal terminal;

    WeirCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(terminal.err());
        return ExitCodes.USAGE;
    }

    /** The version of this build. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"weir " + Build.version()};
        }
    }
}
