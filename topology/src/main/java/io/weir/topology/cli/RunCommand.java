package io.weir.topology.cli;

import io.weir.core.settings.Settings;
import io.weir.core.time.WallClock;
import io.weir.topology.runtime.Features;
import io.weir.topology.runtime.Service;
import io.weir.topology.terminal.Terminal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The service. */
@Command(
        name = "run",
        description = {
            "Runs the service against a Kafka cluster and a schema registry, until it is told to stop (SIGTERM, Ctrl-C).",
            "Logs go to standard error; health and metrics are served over HTTP."
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "FEATURE",
            description = "Run these features alone, separated by commas. Without it: all.")
    List<String> only = List.of();

    private final Terminal terminal;
    private final InstantSource clock;

    RunCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Features.Entry> features = Features.only(only);
        Settings settings = common.settings();
        try (Service service = Service.start(settings, features, new WallClock(clock))) {
            terminal.err().println("weir: running; health and metrics are on port " + service.port() + ".");
            return service.await();
        }
    }
}
