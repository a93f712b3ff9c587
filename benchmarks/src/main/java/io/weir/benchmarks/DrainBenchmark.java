package io.weir.benchmarks;

import io.weir.core.serde.Schemas;
import io.weir.core.settings.Settings;
import io.weir.topology.files.Trees;
import io.weir.topology.runtime.FormatLocale;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Fills raw topics, then measures how fast all features together drain them, and each alone: intake from Avro and from Segment JSON, the
 * sessionizer with and without what it keeps for queries, the DSL's session windows on the same topics as baseline, ad spend,
 * and experiments: one with all the units, and a hundred.
 */
@Command(name = "drain", mixinStandardHelpOptions = true, description = "Measures how fast features drain their input.")
public final class DrainBenchmark implements Callable<Integer> {

    @Option(names = "--events", defaultValue = "2000000", description = "Events to make (default ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--event-rate",
            defaultValue = "2000",
            description =
                    "Events in a second of event time (default ${DEFAULT-VALUE}): with fewer, what is kept by the minute"
                            + " or hour is shared by fewer events.")
    private double rate;

    @Option(names = "--visitors", defaultValue = "200000", description = "Visitors (default ${DEFAULT-VALUE}).")
    private int visitors;

    @Option(names = "--merchants", defaultValue = "200", description = "Merchants (default ${DEFAULT-VALUE}).")
    private int merchants;

    @Option(names = "--partitions", defaultValue = "4", description = "Partitions (default ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--threads", defaultValue = "2", description = "Stream threads (default ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--rounds", defaultValue = "1", description = "Alternating rounds (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--runs",
            split = ",",
            defaultValue =
                    "ALL,INTAKE_JSON,INTAKE_AVRO,WINDOWS_UNCACHED,SESSIONS,WINDOWS_CACHED,SESSIONS_WHOLE,AD_SPEND,"
                            + "EXPERIMENT,HUNDRED_EXPERIMENTS,FRAUD_NO_RULES,FRAUD",
            description = "Of ${COMPLETION-CANDIDATES}, in this order (default ${DEFAULT-VALUE}). Sessions, windows,"
                    + " ad spend and fraud read the events of the newest run of intake.")
    private List<Run> runs = List.of();

    @Option(names = "--out", defaultValue = "target/bench", description = "Folder of the results.")
    private Path out;

    @Option(names = "--set", description = "Further settings of the measured features.")
    private Map<String, String> further = new LinkedHashMap<>();

    /** Runs the benchmark; prints a table and writes it, with JSON, to the folder. */
    public static void main(String[] arguments) {
        Schemas.trust();
        FormatLocale.set();
        System.exit(new CommandLine(new DrainBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createDirectories(out.toAbsolutePath());
        Path data = Files.createTempDirectory(work, "run-");
        try {
            run(work, data);
        } finally {
            Trees.delete(data);
        }
        return 0;
    }

    private void run(Path work, Path data) throws Exception {
        try (Broker broker = Broker.start(data, partitions)) {
            List<Measurement> results = measure(broker, data);
            new Results(work).write(results, partitions, threads);
        }
    }

    private List<Measurement> measure(Broker broker, Path data) throws Exception {
        List<Measurement> results = new ArrayList<>();
        Drain drain = new Drain(this::settings, broker, data, partitions, threads, Traffic.from(traffic()), events / 2);
        for (int round = 1; round <= rounds; round++) {
            for (Run run : runs) {
                results.add(run.measure(drain));
            }
        }
        return results;
    }

    /** It ends an hour ago, so that the time bounds of a running service hold. */
    private TrafficSettings traffic() {
        Duration span = Duration.ofMillis((long) (events * 1e3 / rate));
        return TrafficSettings.builder()
                .start(Instant.now().minus(span).minus(Duration.ofHours(1)))
                .events(events)
                .visitors(visitors)
                .merchants(merchants)
                .rate(rate)
                .dayCurve(false)
                .build();
    }

    /** The settings of one run, which has an application and topics of its own. */
    private Settings settings(RunNames names) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("weir.kafka.bootstrap-servers", names.address());
        values.put("weir.application-prefix", names.application());
        values.put("weir.topic-prefix", names.topicPrefix());
        values.put("weir.registry.url", Drain.REGISTRY);
        values.put("weir.registry.auto-register", "true");
        values.put("weir.state.directory", names.state().toString());
        values.put("weir.intake.hash-key", "a key that hides nothing: made-up traffic");
        values.put("weir.intake.threads", Integer.toString(threads));
        values.put("weir.sessionizer.threads", Integer.toString(threads));
        values.put("weir.adspend.threads", Integer.toString(threads));
        values.put("weir.experiments.threads", Integer.toString(threads));
        values.putAll(names.own());
        values.putAll(further);
        return Settings.of(values);
    }
}
