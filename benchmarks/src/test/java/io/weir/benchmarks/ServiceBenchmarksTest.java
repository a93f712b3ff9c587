package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The short forms of the benchmarks whose service is a process of its own: they run. What they measure is not looked at. */
class ServiceBenchmarksTest {

    @TempDir
    private Path folder;

    @Test
    void everyQuestionIsAnsweredWhileEventsAreTaken() throws Exception {
        List<JsonNode> rows = run(
                new QueryBenchmark(),
                "queries",
                "--visitors=1000 --rate=100 --warm-up=1 --seconds=1 --connections=1 --per-second=20");

        assertThat(rows.stream().map(row -> row.get("asked").asString()))
                .containsExactly(
                        "nothing asked",
                        "a visitor's journey",
                        "a visitor's journey",
                        "a session",
                        "a session",
                        "a merchant's spend",
                        "a merchant's spend",
                        "an experiment's results",
                        "an experiment's results");
        assertThat(rows.stream().map(row -> row.get("not 200").asLong())).allMatch(failed -> failed == 0);
        assertThat(rows.stream().skip(1).map(row -> row.get("answers/s").asDouble()))
                .allMatch(answers -> answers > 0);
    }

    @Test
    void stateIsBackAfterEachKill() throws Exception {
        List<JsonNode> rows = run(
                new RestoreBenchmark(), "restore", "--visitors=1000 --set=weir.kafka.client.session.timeout.ms=6000");

        assertThat(rows.stream().map(row -> row.get("what").asString()))
                .containsExactly(
                        "stopped in order, disk kept",
                        "killed, disk kept",
                        "killed, disk lost",
                        "killed, another process has copies");
    }

    @Test
    void whatIsSentAfterwardsIsReadWhateverTheVisitors() throws Exception {
        List<JsonNode> rows = run(new GrowthBenchmark(), "growth", "--visitors=1000 --warm-up=500 --measured=1000");

        assertThat(rows.stream().map(row -> row.get("events").asLong()))
                .singleElement()
                .satisfies(events -> assertThat(events).isBetween(1_000L, 1_100L));
    }

    @Test
    void severalProcessesDrainWhatOneDoes() throws Exception {
        List<JsonNode> rows =
                run(new ScaleBenchmark(), "scale", "--warm-up=500 --events=2000 --threads=1 --processes=2");

        assertThat(rows.stream().map(row -> row.get("processes").asLong())).containsExactly(2L);
    }

    private List<JsonNode> run(Object benchmark, String name, String options) throws Exception {
        String[] arguments = Stream.concat(
                        Stream.of(options.split(" ")), Stream.of("--partitions=1", "--out=" + folder))
                .toArray(String[]::new);

        int exitCode = new CommandLine(benchmark).execute(arguments);

        assertThat(exitCode).isZero();
        return JsonMapper.shared()
                .readTree(Files.readString(folder.resolve(name + ".json")))
                .get("rows")
                .valueStream()
                .toList();
    }
}
