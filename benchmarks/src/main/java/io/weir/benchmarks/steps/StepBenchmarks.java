package io.weir.benchmarks.steps;

import io.weir.core.serde.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs all benchmarks of single steps. */
@Command(name = "steps", mixinStandardHelpOptions = true, description = "Measures single steps of an event's way.")
public final class StepBenchmarks implements Callable<Integer> {

    @Option(
            names = "--forks",
            defaultValue = "2",
            description = "Processes for each; 0: this one (default ${DEFAULT-VALUE}).")
    private int forks;

    @Option(
            names = "--iterations",
            defaultValue = "5",
            description = "Of each, after as many that warm up (default ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(names = "--millis", defaultValue = "2000", description = "Of an iteration (default ${DEFAULT-VALUE}).")
    private int millis;

    @Option(names = "--include", defaultValue = "", description = "Those whose name has this, a regular expression.")
    private String include = "";

    @Option(names = "--out", defaultValue = "target/bench", description = "Folder of the results.")
    private Path out;

    /** Runs the benchmarks; prints a table and writes it, with JSON, to the folder. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StepBenchmarks()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Schemas.trust();
        Path work = Files.createDirectories(out.toAbsolutePath());
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io\\.weir\\.benchmarks\\.steps\\..*" + include)
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .forks(forks)
                        .warmupIterations(iterations)
                        .warmupTime(TimeValue.milliseconds(millis))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.milliseconds(millis))
                        .shouldFailOnError(true)
                        .resultFormat(ResultFormatType.JSON)
                        .result(work.resolve("steps.json").toString())
                        .build())
                .run();
        String table = table(results);
        System.out.println(table);
        Files.writeString(work.resolve("steps.md"), table);
        return 0;
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder table = new StringBuilder("| step | µs | ± |\n|---|---:|---:|\n");
        for (RunResult run : results) {
            Result<?> result = run.getPrimaryResult();
            String name = run.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1");
            table.append(String.format(
                    Locale.ROOT, "| %s | %.3f | %.3f |%n", name, result.getScore(), result.getScoreError()));
        }
        return table.toString();
    }
}
