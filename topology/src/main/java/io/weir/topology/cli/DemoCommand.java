package io.weir.topology.cli;

import io.weir.topology.demo.Demo;
import io.weir.topology.demo.DemoRequest;
import io.weir.topology.terminal.Terminal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything in one process. */
@Command(
        name = "demo",
        description = {
            "Runs everything in this process: a broker, a schema registry, the service, and the traffic of a shop that does"
                    + " not exist. Nothing has to be installed, nothing is left behind.",
            "Every few seconds it shows what is in the output topics."
        })
final class DemoCommand implements Callable<Integer> {

    private static final String PORT = "weir.http.port";

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "Events a second. Default: ${DEFAULT-VALUE}.")
    double rate = 50;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another seed, another shop. Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    @Option(names = "--events", paramLabel = "N", description = "Stop after so many events.")
    Optional<Long> events = Optional.empty();

    @Option(
            names = "--duration",
            paramLabel = "T",
            converter = DurationConverter.class,
            description = "Stop after this time, such as 90s.")
    Optional<Duration> duration = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of health and metrics on 127.0.0.1; 0 takes a free one. Default: 8080.")
    Optional<Integer> port = Optional.empty();

    private final Terminal terminal;
    private final InstantSource clock;

    DemoCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (!(rate > 0 && rate <= 100_000)) {
            throw CommandException.usage("--rate: expected a number above 0 and up to 100000, found " + rate);
        }
        if (events.isPresent() && events.get() < 1) {
            throw CommandException.usage("--events: expected a whole number from 1, found " + events.get());
        }
        OptionalLong bound = events.map(OptionalLong::of).orElse(OptionalLong.empty());
        DemoRequest request = new DemoRequest(rate, seed, bound, duration);
        Optional<String> fault = new Demo(
                        request,
                        (profile, forced) -> {
                            Map<String, String> all = new HashMap<>(forced);
                            port.ifPresent(number -> all.put(PORT, Integer.toString(number)));
                            return common.settings(profile, all);
                        },
                        terminal,
                        clock)
                .run();
        if (fault.isPresent()) {
            throw CommandException.failed(fault.get());
        }
        return ExitCodes.DONE;
    }
}
