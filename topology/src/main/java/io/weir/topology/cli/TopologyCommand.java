package io.weir.topology.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.time.InputProgress;
import io.weir.core.time.WallClock;
import io.weir.topology.runtime.ConsumerProgress;
import io.weir.topology.runtime.Deployment;
import io.weir.topology.runtime.Features;
import io.weir.topology.runtime.StreamsProperties;
import io.weir.topology.terminal.Terminal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The topologies. */
@Command(name = "topology", description = "Prints what runs: sources, processors, stores and sinks of each feature.")
final class TopologyCommand implements Callable<Integer> {

    /** What run demands of a deployment, and a picture does not need to be right. */
    private static final Map<String, String> DRAWN = Map.of(
            "weir.intake.hash-key", "weir-topology-only",
            "weir.intake.sources[0].topic", "collector.web",
            "weir.intake.sources[0].format", "segment-json");

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    TopologyFormat format = TopologyFormat.TEXT;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "FEATURE",
            description = "These features alone, separated by commas. Without it: all.")
    List<String> only = List.of();

    private final Terminal terminal;

    TopologyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings settings = common.settings(DRAWN, Map.of());
        Deployment deployment =
                Deployment.of(settings, new WallClock(InstantSource.system()), new SimpleMeterRegistry());
        for (Features.Entry entry : Features.only(only)) {
            terminal.out()
                    .println(format.show(entry.name(), describe(entry, deployment))
                            .stripTrailing());
        }
        terminal.out().flush();
        return ExitCodes.DONE;
    }

    private static TopologyDescription describe(Features.Entry entry, Deployment deployment) {
        StreamsConfig config =
                new StreamsConfig(StreamsProperties.of(entry.name(), deployment, new ConsumerProgress()));
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
        entry.make().apply(deployment.context(InputProgress.COMPLETE)).addTo(builder);
        return builder.build().describe();
    }
}
