package io.weir.topology.cli;

import io.weir.core.settings.Settings;
import io.weir.topology.runtime.Features;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {

    @Option(names = "--config", paramLabel = "FILE", order = 100, description = "Settings: a properties file.")
    Optional<Path> config = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            order = 101,
            description = "One setting, over the file and the environment; may be repeated.")
    Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = {"-v", "--verbose"},
            order = 102,
            description = "Log what happens to standard error, with the causes of errors.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 103,
            description = "Show this help and exit.")
    boolean help;

    /**
     * The settings of this process: the command line, over the environment, over the file, over the defaults.
     *
     * @throws io.weir.core.settings.SettingsException if one is unknown or not what is expected
     */
    Settings settings() {
        return settings(Map.of(), Map.of());
    }

    /**
     * The settings of this process, where the command has its own.
     *
     * @param profile what it sets unless the user does
     * @param forced what it sets whatever the user does
     * @throws io.weir.core.settings.SettingsException if one is unknown or not what is expected
     */
    Settings settings(Map<String, String> profile, Map<String, String> forced) {
        Map<String, String> commandLine = new LinkedHashMap<>(set);
        commandLine.putAll(forced);
        Settings settings = Settings.load(config, commandLine, System.getenv(), profile);
        settings.check(Features.settings());
        return settings;
    }
}
