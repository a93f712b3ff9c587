package io.weir.benchmarks;

import io.weir.core.feature.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what was measured as JSON, and as a table for the docs. */
final class Results {

    private final Path folder;

    Results(Path folder) {
        this.folder = folder;
    }

    void write(List<Measurement> measurements, int partitions, int threads) throws IOException {
        Files.writeString(folder.resolve("drain.json"), json(measurements, partitions, threads));
        String table = table(measurements);
        Files.writeString(folder.resolve("drain.md"), table);
        System.out.println(table);
    }

    private static String json(List<Measurement> measurements, int partitions, int threads) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode root = mapper.createObjectNode();
        root.put("date", Instant.now().toString())
                .put("weir", Build.version())
                .put("java", Runtime.version().toString())
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("partitions", partitions)
                .put("threads", threads);
        ArrayNode runs = root.putArray("runs");
        for (Measurement run : measurements) {
            runs.addObject()
                    .put("name", run.name())
                    .put("events", run.events())
                    .put("seconds", run.seconds())
                    .put("events_per_second", run.eventsPerSecond())
                    .put("service_cpu_micros_per_event", run.serviceMicrosPerEvent())
                    .put("broker_cpu_micros_per_event", run.brokerMicrosPerEvent())
                    .put("peak_rss_mib", run.peakRssMiB());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static String table(List<Measurement> measurements) {
        StringBuilder table = new StringBuilder();
        table.append(
                "| run | events | events/s | µs of service CPU/event | µs of broker CPU/event | peak RSS, MiB |\n");
        table.append("|---|---:|---:|---:|---:|---:|\n");
        for (Measurement run : measurements) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,.0f | %.1f | %.1f | %,d |%n",
                    run.name(),
                    run.events(),
                    run.eventsPerSecond(),
                    run.serviceMicrosPerEvent(),
                    run.brokerMicrosPerEvent(),
                    run.peakRssMiB()));
        }
        return table.toString();
    }
}
