package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The short form of the benchmark: it runs, and every run reads all there is. What it measures is not looked at. */
class DrainBenchmarkTest {

    @TempDir
    private Path folder;

    @Test
    void everyRunDrainsItsInput() throws Exception {
        int exitCode = new CommandLine(new DrainBenchmark())
                .execute("--events", "2000", "--partitions", "1", "--threads", "1", "--out", folder.toString());

        JsonNode results = JsonMapper.shared().readTree(Files.readString(folder.resolve("drain.json")));
        assertThat(exitCode).isZero();
        assertThat(results.get("runs").valueStream().map(run -> run.get("name").asString()))
                .containsExactly(
                        "all features",
                        "intake, segment-json",
                        "intake, avro",
                        "DSL session windows and count, uncached",
                        "sessionizer, journeys and pages off",
                        "DSL session windows and count, cached",
                        "sessionizer, everything on",
                        "ad spend",
                        "experiments, one with all units",
                        "experiments, 100",
                        "fraud, no rules",
                        "fraud, shipped rules");
        assertThat(results.get("runs")
                        .valueStream()
                        .limit(7)
                        .map(run -> run.get("events").asLong()))
                .allMatch(events -> events > 1_800 && events < 2_100);
    }
}
