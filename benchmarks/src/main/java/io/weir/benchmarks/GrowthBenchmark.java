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
 * What it costs that a service knows very many visitors: it is shown as many, and then it is measured how fast it reads as many
 * events again whatever that number is.
 */
@Command(name = "growth", mixinStandardHelpOptions = true, description = "Measures what more visitors cost.")
public final class GrowthBenchmark implements Callable<Integer> {

    private static final String RAW = "collector.benchmark";
    private static final int RATE = 12_000;
    /** How long ago what is measured begins, so that all of it is in the past. */
    private static final Duration BEFORE = Duration.ofMinutes(30);

    @Option(
            names = "--visitors",
            split = ",",
            defaultValue = "1000000,3000000,10000000",
            description = "Visitors that are about (default ${DEFAULT-VALUE}).")
    private List<Integer> visitors = List.of();

    @Option(names = "--measured", defaultValue = "1000000", description = "Events measured (default ${DEFAULT-VALUE}).")
    private long measured;

    @Option(
            names = "--warm-up",
            defaultValue = "500000",
            description = "Events of the same kind before: a process spends its first minutes compiling"
                    + " (default ${DEFAULT-VALUE}).")
    private long warmUp;

    @Option(names = "--partitions", defaultValue = "4", description = "Partitions (default ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--out", defaultValue = "target/bench", description = "Folder of the results.")
    private Path out;

    @Option(names = "--set", description = "Further settings of the service.")
    private Map<String, String> further = new LinkedHashMap<>();

    private final Report report = new Report("growth");

    /** Runs the benchmark; prints a table and writes it, with JSON, to the folder. */
    public static void main(String[] arguments) {
        Schemas.trust();
        FormatLocale.set();
        System.exit(new CommandLine(new GrowthBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createDirectories(out.toAbsolutePath());
        for (int number : visitors) {
            Path data = Files.createTempDirectory(work, "growth-");
            try {
                measure(number, data);
            } finally {
                Trees.delete(data);
            }
        }
        report.write(work, Map.of("measured", measured, "partitions", partitions));
        return 0;
    }

    private void measure(int number, Path data) throws Exception {
        Instant start = Instant.now().minus(BEFORE);
        Traffic traffic = traffic(1, start, measured);
        Traffic earlier = traffic(2, start.minusSeconds(warmUp / RATE), warmUp);
        KnownVisitors known = new KnownVisitors(number, start);
        try (Broker broker = Broker.start(data, partitions);
                Fleet fleet = new Fleet(broker, RAW, data, "growth", further)) {
            broker.create(List.of(RAW));
            fleet.prepare(traffic);
            new RawTopics(broker.address()).fillSegmentJson(RAW, known.messages());
            Spool before = Spool.of(data.resolve("warm-up"), known.as(earlier.segmentJson()));
            Spool later = Spool.of(data.resolve("load"), known.as(traffic.segmentJson()));
            Fleet.Instance service = fleet.start();
            fleet.awaitCaughtUp();
            Backlog backlog = new Backlog(broker, fleet, RAW);
            backlog.drain(before);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("visitors", (long) number);
            row.putAll(backlog.drain(later));
            row.put("MB of stores", ProcessFigures.sizeOf(service.state()) / 1_000_000);
            row.put("peak RSS, MiB", ProcessFigures.peakRssMiB(service.pid()));
            report.add(row);
        }
    }

    private static Traffic traffic(long seed, Instant start, long events) {
        return Traffic.from(TrafficSettings.builder()
                .seed(seed)
                .start(start)
                .rate(RATE)
                .events(events)
                .dayCurve(false)
                .build());
    }
}
