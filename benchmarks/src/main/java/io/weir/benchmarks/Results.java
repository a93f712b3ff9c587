package io.weir.benchmarks;

import io.weir.core.feature.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        for (Measurement run : measurements) {
            if (!run.breakdown().written().isEmpty()) {
                String where = breakdown(run);
                Files.writeString(folder.resolve("breakdown.md"), where);
                System.out.println(where);
            }
        }
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
                    .put("peak_rss_mib", run.peakRssMiB())
                    .set("breakdown", mapper.valueToTree(run.breakdown()));
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static String breakdown(Measurement run) {
        StringBuilder table = new StringBuilder();
        table.append("| of " + run.name() + " | µs of CPU/event |\n|---|---:|\n");
        run.breakdown()
                .cpuSeconds()
                .forEach((who, seconds) ->
                        table.append(String.format(Locale.ROOT, "| %s | %.1f |%n", who, seconds * 1e6 / run.events())));
        table.append("\n| topic | records/event | bytes/event |\n|---|---:|---:|\n");
        Breakdown.Written all = new Breakdown.Written(0, 0);
        for (Map.Entry<String, Breakdown.Written> topic :
                run.breakdown().written().entrySet()) {
            table.append(row(topic.getKey(), topic.getValue(), run.events()));
            all = all.and(topic.getValue());
        }
        return table.append(row("in all", all, run.events())).toString();
    }

    private static String row(String name, Breakdown.Written written, long events) {
        return String.format(
                Locale.ROOT,
                "| %s | %.3f | %.0f |%n",
                name,
                written.records() / (double) events,
                written.bytes() / (double) events);
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
