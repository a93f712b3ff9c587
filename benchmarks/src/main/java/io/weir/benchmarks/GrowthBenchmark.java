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
        Traffic traffic = traffic();
        KnownVisitors known = new KnownVisitors(number, Instant.now().minus(BEFORE));
        try (Broker broker = Broker.start(data, partitions);
                Fleet fleet = new Fleet(broker, RAW, data, "growth", further)) {
            broker.create(List.of(RAW));
            fleet.prepare(traffic);
            new RawTopics(broker.address()).fillSegmentJson(RAW, known.messages());
            Spool later = Spool.of(data.resolve("load"), known.as(traffic.segmentJson()));
            Fleet.Instance service = fleet.start();
            fleet.awaitCaughtUp();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("visitors", (long) number);
            row.putAll(drain(broker, fleet, service, later));
            row.put("MB of stores", ProcessFigures.sizeOf(service.state()) / 1_000_000);
            row.put("peak RSS, MiB", ProcessFigures.peakRssMiB(service.pid()));
            report.add(row);
        }
    }

    /** What the service does with all of it at once: it is sent many times as fast as it is read. */
    private static Map<String, Object> drain(Broker broker, Fleet fleet, Fleet.Instance service, Spool later)
            throws Exception {
        double serviceBefore = ProcessFigures.cpuSeconds(service.pid());
        double brokerBefore = ProcessFigures.cpuSeconds(broker.pid());
        long started = System.nanoTime();
        long events;
        try (Flow flow = new Flow(broker.address(), RAW, later)) {
            flow.sendAtOnce();
            events = flow.events();
        }
        fleet.awaitCaughtUp();
        double seconds = (System.nanoTime() - started) / 1e9;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("events", events);
        row.put("events/s", events / seconds);
        row.put("µs of service CPU/event", micros(service.pid(), serviceBefore, events));
        row.put("µs of broker CPU/event", micros(broker.pid(), brokerBefore, events));
        return row;
    }

    private static double micros(long pid, double before, long events) {
        return (ProcessFigures.cpuSeconds(pid) - before) * 1e6 / events;
    }

    private Traffic traffic() {
        return Traffic.from(TrafficSettings.builder()
                .start(Instant.now().minus(BEFORE))
                .rate(RATE)
                .events(measured)
                .dayCurve(false)
                .build());
    }
}
