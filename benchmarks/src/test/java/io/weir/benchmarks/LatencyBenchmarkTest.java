package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The short form of the benchmark: it runs, and every cap is reached. What it measures is not looked at. */
class LatencyBenchmarkTest {

    @TempDir
    private Path folder;

    @Test
    void everyCapIsReached() {
        int exitCode = new CommandLine(new LatencyBenchmark())
                .execute(
                        "--rate",
                        "100",
                        "--warm-up",
                        "5",
                        "--settle",
                        "1",
                        "--seconds",
                        "3",
                        "--partitions",
                        "1",
                        "--out",
                        folder.toString());

        assertThat(exitCode).isZero();
    }
}
