package io.weir.benchmarks;

import io.weir.core.serde.Schemas;
import io.weir.core.settings.Settings;
import io.weir.core.time.WallClock;
import io.weir.core.topic.Topics;
import io.weir.fraud.FraudSettings;
import io.weir.topology.files.Trees;
import io.weir.topology.runtime.Deployment;
import io.weir.topology.runtime.Features;
import io.weir.topology.runtime.FormatLocale;
import io.weir.topology.runtime.Service;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * At a fixed rate of made-up traffic, with every feature running: how long it takes from the moment at which a click is to be
 * appended to the raw topic to the moment at which a reader of committed records has the record that says that its
 * merchant's cap is reached; from an exposure, and from an order, to the first result that includes it; and from the event that
 * breaks an experiment to the alert that says so.
 */
@Command(name = "latency", mixinStandardHelpOptions = true, description = "Measures raw event to output.")
public final class LatencyBenchmark implements Callable<Integer> {

    private static final String RAW = "collector.benchmark";
    /** Of the slowest machine so far: the load is made before the service starts, for the time after that. */
    private static final int MADE_PER_SECOND = 9_000;

    @Option(names = "--rate", defaultValue = "5000", description = "Events a second (default ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--warm-up", defaultValue = "150", description = "Seconds before (default ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--warm-up-rate",
            defaultValue = "1500",
            description =
                    "Events a second in the first four fifths of them: a service that is overloaded while it is cold takes"
                            + " long to compile what it runs (default ${DEFAULT-VALUE}).")
    private int warmUpRate;

    @Option(names = "--seconds", defaultValue = "100", description = "Seconds measured (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--settle",
            defaultValue = "20",
            description =
                    "Seconds before those that are measured in which the same is sent and not counted: the first caps and"
                            + " alerts run what was never compiled (default ${DEFAULT-VALUE}).")
    private int settle;

    @Option(names = "--caps", defaultValue = "20", description = "Caps reached a second (default ${DEFAULT-VALUE}).")
    private int capsPerSecond;

    @Option(names = "--partitions", defaultValue = "4", description = "Partitions (default ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--merchant-exponent",
            defaultValue = "1",
            description = "How uneven merchants are: with 4 one of them has nine tenths (default ${DEFAULT-VALUE}).")
    private double merchantExponent;

    @Option(names = "--out", defaultValue = "target/bench", description = "Folder of what is needed meanwhile.")
    private Path out;

    @Option(names = "--set", description = "Further settings of the service.")
    private Map<String, String> further = new LinkedHashMap<>();

    /** Runs the benchmark and prints the distribution. */
    public static void main(String[] arguments) {
        Schemas.trust();
        FormatLocale.set();
        System.exit(new CommandLine(new LatencyBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory(Files.createDirectories(out.toAbsolutePath()), "caps-");
        try {
            run(data);
        } finally {
            Trees.delete(data);
        }
        return 0;
    }

    private void run(Path data) throws Exception {
        Duration cold = Duration.ofSeconds(warmUp * 4L / 5);
        Duration hot = Duration.ofSeconds(warmUp + settle + seconds + 30L).minus(cold);
        long events = warmUpRate * cold.toSeconds() + rate * hot.toSeconds();
        Instant start = Instant.now().plusSeconds(15 + events / MADE_PER_SECOND);
        Traffic traffic = traffic(start.plus(cold), rate, hot);
        Spool load = Spool.segmentJson(data.resolve("load"), List.of(traffic(start, warmUpRate, cold), traffic));
        try (Broker broker = Broker.start(data, partitions)) {
            String address = broker.address();
            broker.create(List.of(RAW));
            broker.createAll(new Topics(""));
            Settings settings = settings(address, data);
            try (Service service = Service.start(settings, Features.all(), new WallClock(InstantSource.system()))) {
                Probes probes = new Probes((settle + seconds) * capsPerSecond, capsPerSecond);
                writeTerms(address, service.deployment(), settings, traffic, probes);
                measure(address, service.deployment(), load, probes, start.plusSeconds(warmUp));
            }
        }
    }

    private void measure(String address, Deployment deployment, Spool messages, Probes probes, Instant first) {
        try (LatencyLoad load = new LatencyLoad(address, RAW, messages, probes, capsPerSecond);
                LatencyReader reader = new LatencyReader(
                        address, deployment.topics(), deployment.serdes(), probes, load, settle * capsPerSecond)) {
            load.start(first);
            long began = System.nanoTime();
            reader.readUntilAllHaveCome(Duration.between(Instant.now(), first).plusSeconds(settle + seconds + 60L));
            report(reader, load, (System.nanoTime() - began) / 1e9);
        }
    }

    private static void writeTerms(
            String address, Deployment deployment, Settings settings, Traffic traffic, Probes probes) {
        Terms terms = new Terms(address, deployment.topics(), deployment.serdes());
        terms.budgets(probes.budgets(terms.from()));
        terms.merchants(traffic.merchants());
        terms.experiments(probes.definitions());
        terms.shippedRules(settings.get(FraudSettings.KINDS));
    }

    private Traffic traffic(Instant start, int perSecond, Duration duration) {
        return Traffic.from(TrafficSettings.builder()
                .start(start)
                .rate(perSecond)
                .merchantExponent(merchantExponent)
                .duration(duration)
                .dayCurve(false)
                .build());
    }

    private static void report(LatencyReader reader, LatencyLoad load, double took) {
        System.out.printf(Locale.ROOT, "%,.0f events/s sent%n", load.sentPerSecond());
        reader.all().forEach(System.out::println);
        // What a merchant spends between its cap and the record that says so: it is absorbed, not billed.
        double[] spend = reader.unitsPerSecond("EUR", took);
        double mean = reader.toCap().meanSeconds();
        System.out.printf(
                Locale.ROOT,
                "a merchant's spend in EUR/s: largest %.4f, median %.5f; overspend of a capped day: largest %.4f, median"
                        + " %.6f EUR (in the mean %.3f s)%n",
                spend[spend.length - 1],
                spend[spend.length / 2],
                spend[spend.length - 1] * mean,
                spend[spend.length / 2] * mean,
                mean);
        System.out.printf("memory of the service: %,d MiB at most%n", ProcessFigures.peakRssMiB());
    }

    private Settings settings(String address, Path data) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("weir.kafka.bootstrap-servers", address);
        values.put("weir.registry.url", Drain.REGISTRY);
        values.put("weir.registry.auto-register", "true");
        values.put("weir.state.directory", data.resolve("state").toString());
        values.put("weir.http.port", "0");
        values.put("weir.intake.hash-key", "a key that hides nothing: made-up traffic");
        values.put("weir.intake.sources[0].topic", RAW);
        values.put("weir.intake.sources[0].format", "segment-json");
        values.putAll(further);
        return Settings.of(values);
    }
}
