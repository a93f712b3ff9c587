package io.weir.benchmarks;

import io.weir.core.serde.Schemas;
import io.weir.topology.files.Trees;
import io.weir.topology.runtime.FormatLocale;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long a service takes that was killed, until it has its state again: with its disk, without it, and where another process has a
 * copy.
 */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Measures how soon state is back after a kill.")
public final class RestoreBenchmark implements Callable<Integer> {

    private static final String RAW = "collector.benchmark";

    @Option(names = "--visitors", defaultValue = "1000000", description = "Visitors (default ${DEFAULT-VALUE}).")
    private int visitors;

    @Option(names = "--partitions", defaultValue = "4", description = "Partitions (default ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--out", defaultValue = "target/bench", description = "Folder of the results.")
    private Path out;

    @Option(names = "--set", description = "Further settings of the service.")
    private Map<String, String> further = new LinkedHashMap<>();

    private final Report report = new Report("restore");

    /** Runs the benchmark; prints a table and writes it, with JSON, to the folder. */
    public static void main(String[] arguments) {
        Schemas.trust();
        FormatLocale.set();
        System.exit(new CommandLine(new RestoreBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createDirectories(out.toAbsolutePath());
        Path data = Files.createTempDirectory(work, "restore-");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("weir.kafka.standby-replicas", "1");
        settings.putAll(further);
        try (Broker broker = Broker.start(data, partitions);
                Fleet fleet = new Fleet(broker, RAW, data, "restore", settings)) {
            broker.create(List.of(RAW));
            Traffic traffic = Traffic.from(TrafficSettings.defaults());
            fleet.prepare(traffic);
            KnownVisitors known = new KnownVisitors(visitors, Instant.now());
            new RawTopics(broker.address()).fillSegmentJson(RAW, known.messages());
            Fleet.Instance first = fleet.start();
            fleet.awaitCaughtUp();
            System.out.printf(
                    "%,d visitors, %,d MB of stores%n", visitors, ProcessFigures.sizeOf(first.state()) / 1_000_000);
            first.process().stop(Duration.ofMinutes(1));
            Fleet.Instance stopped = measure("stopped in order, disk kept", fleet, first.state());
            stopped.kill();
            Fleet.Instance kept = measure("killed, disk kept", fleet, first.state());
            kept.kill();
            Trees.delete(first.state());
            Fleet.Instance lost = measure("killed, disk lost", fleet, first.state());
            takeOver(fleet, lost);
            report.write(work, Map.of("visitors", visitors, "partitions", partitions));
        } finally {
            Trees.delete(data);
        }
        return 0;
    }

    /** From when a process is started to when it has all of its state and has read all there is. */
    private Fleet.Instance measure(String what, Fleet fleet, Path state) throws Exception {
        long started = System.nanoTime();
        Fleet.Instance instance = fleet.start(state);
        fleet.awaitReady(instance);
        add(what, started, instance);
        return instance;
    }

    /** From when one of two is killed to when the other, which holds copies, does all the work. */
    private void takeOver(Fleet fleet, Fleet.Instance first) throws Exception {
        Map<String, Integer> alone = fleet.members();
        Fleet.Instance second = fleet.start();
        fleet.awaitReady(second);
        fleet.awaitCopies(second);
        first.kill();
        long started = System.nanoTime();
        fleet.awaitSole(second, alone);
        add("killed, another process has copies", started, second);
    }

    private void add(String what, long started, Fleet.Instance instance) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("what", what);
        row.put("seconds", (System.nanoTime() - started) / 1e9);
        row.put("MB of stores", ProcessFigures.sizeOf(instance.state()) / 1_000_000);
        row.put("peak RSS, MiB", ProcessFigures.peakRssMiB(instance.pid()));
        report.add(row);
    }
}
