package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.benchmarks.steps.StepBenchmarks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The short form of the benchmarks of single steps: each runs. What it measures is not looked at. */
class StepBenchmarksTest {

    @TempDir
    private Path folder;

    @Test
    void everyStepIsMeasured() throws Exception {
        int exitCode = new CommandLine(new StepBenchmarks())
                .execute("--forks=0", "--iterations=1", "--millis=50", "--out=" + folder);

        assertThat(exitCode).isZero();
        JsonNode results = JsonMapper.shared().readTree(Files.readString(folder.resolve("steps.json")));
        assertThat(results.valueStream().map(StepBenchmarksTest::step))
                .containsExactlyInAnyOrder(
                        "AdSpendStepBenchmark.book",
                        "EventCodecBenchmark.decode",
                        "EventCodecBenchmark.decodeGeneric",
                        "EventCodecBenchmark.encode",
                        "EventCodecBenchmark.encodeGeneric",
                        "ExperimentBenchmark.attribute",
                        "ExperimentBenchmark.results",
                        "JsonIntakeBenchmark.admit",
                        "RulesBenchmark.ask",
                        "SessionStepBenchmark.add");
        assertThat(results.valueStream()
                        .map(result -> result.get("primaryMetric").get("score").asDouble()))
                .allMatch(micros -> micros > 0);
    }

    private static String step(JsonNode result) {
        String name = result.get("benchmark").asString();
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }
}
