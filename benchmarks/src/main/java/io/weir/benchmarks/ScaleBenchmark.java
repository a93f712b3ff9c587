package io.weir.benchmarks;

import io.weir.core.serde.Schemas;
import io.weir.topology.files.Trees;
import io.weir.topology.runtime.Features;
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

/** How fast the whole service drains one raw topic by the threads of each feature, and by the number of its processes. */
@Command(name = "scale", mixinStandardHelpOptions = true, description = "Measures threads and processes.")
public final class ScaleBenchmark implements Callable<Integer> {

    private static final int RATE = 12_000;
    private static final Duration BEFORE = Duration.ofMinutes(5);

    @Option(names = "--events", defaultValue = "1000000", description = "Events (default ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--warm-up",
            defaultValue = "500000",
            description = "Events before what is measured (default ${DEFAULT-VALUE}).")
    private long warmUp;

    @Option(names = "--visitors", defaultValue = "200000", description = "Visitors (default ${DEFAULT-VALUE}).")
    private int visitors;

    @Option(
            names = "--threads",
            split = ",",
            defaultValue = "1,2,4",
            description = "Threads of each feature (default ${DEFAULT-VALUE}).")
    private List<Integer> threads = List.of();

    @Option(
            names = "--processes",
            split = ",",
            defaultValue = "1,2",
            description = "Processes (default ${DEFAULT-VALUE}).")
    private List<Integer> processes = List.of();

    @Option(names = "--partitions", defaultValue = "4", description = "Partitions (default ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--out", defaultValue = "target/bench", description = "Folder of the results.")
    private Path out;

    @Option(names = "--set", description = "Further settings of the service.")
    private Map<String, String> further = new LinkedHashMap<>();

    private final Report report = new Report("scale");

    /** Runs the benchmark; prints a table and writes it, with JSON, to the folder. */
    public static void main(String[] arguments) {
        Schemas.trust();
        FormatLocale.set();
        System.exit(new CommandLine(new ScaleBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createDirectories(out.toAbsolutePath());
        Path data = Files.createTempDirectory(work, "scale-");
        try (Broker broker = Broker.start(data, partitions)) {
            Instant start = Instant.now().minus(BEFORE).minusSeconds(events / RATE);
            Traffic traffic = traffic(1, start, events);
            Traffic earlier = traffic(2, start.minusSeconds(warmUp / RATE), warmUp);
            Spool before = Spool.of(data.resolve("warm-up"), earlier.segmentJson());
            Spool later = Spool.of(data.resolve("load"), traffic.segmentJson());
            for (int number : processes) {
                for (int each : threads) {
                    report.add(measure(broker, traffic, List.of(before, later), data, number, each));
                }
            }
            report.write(work, Map.of("events", events, "visitors", visitors, "partitions", partitions));
        } finally {
            Trees.delete(data);
        }
        return 0;
    }

    private Map<String, Object> measure(
            Broker broker, Traffic traffic, List<Spool> load, Path data, int number, int each) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Features.Entry feature : Features.all()) {
            settings.put("weir." + feature.name() + ".threads", Integer.toString(each));
        }
        settings.putAll(further);
        String name = "scale" + number + "x" + each;
        String raw = "collector." + name;
        broker.create(List.of(raw));
        try (Fleet fleet = new Fleet(broker, raw, data, name, settings)) {
            fleet.prepare(traffic);
            for (int i = 0; i < number; i++) {
                fleet.awaitReady(fleet.start());
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("processes", (long) number);
            row.put("threads of each feature", (long) each);
            Backlog backlog = new Backlog(broker, fleet, raw);
            backlog.drain(load.get(0));
            row.putAll(backlog.drain(load.get(1)));
            return row;
        }
    }

    private Traffic traffic(long seed, Instant start, long number) {
        return Traffic.from(TrafficSettings.builder()
                .seed(seed)
                .start(start)
                .rate(RATE)
                .events(number)
                .visitors(visitors)
                .dayCurve(false)
                .build());
    }
}
