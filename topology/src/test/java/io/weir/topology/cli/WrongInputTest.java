package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever a user gets wrong is one sentence on standard error, exit code 1 or 2, and nothing left behind. */
class WrongInputTest {

    @TempDir
    Path directory;

    @Test
    void aMistakeInTheSettingsOfTheServiceIsOneSentenceAndNothingInTheLog() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Failures.class);
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);

        Output output = Output.of("run", "--set", "weir.nonsense=1");

        logger.detachAppender(log);
        assertUsage(output, "weir: weir.nonsense: there is no such setting.");
        assertThat(log.list).isEmpty();
    }

    @Test
    void missingFileIsNamed() {
        Path file = directory.resolve("gone.ndjson");

        Output output = batch(file);

        assertUsage(output, "weir: " + file + ": there is no such file.");
    }

    @Test
    void directoryIsNoFile() {
        Output output = batch(directory);

        assertUsage(
                output, "weir: " + directory + ": expected a file of events, found a directory; name the files in it.");
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("empty.ndjson"));

        Output output = batch(file);

        assertUsage(output, "weir: " + file + ": expected one event a line, found an empty file.");
    }

    @Test
    void emptyGzipIsRefused() throws IOException {
        Path file = directory.resolve("empty.ndjson.gz");
        new GZIPOutputStream(Files.newOutputStream(file)).close();

        Output output = batch(file);

        assertUsage(output, "weir: " + file + ": expected one event a line, found an empty file.");
    }

    @Test
    void gzipThatIsNoneIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("plain.ndjson.gz"), "{}\n");

        Output output = batch(file);

        assertUsage(
                output,
                "weir: " + file + ": expected gzip, as its name says, found something else; rename it if its lines are"
                        + " plain text.");
    }

    @Test
    void secondFileIsCheckedBeforeTheFirstIsRead() throws IOException {
        Path good = Files.writeString(directory.resolve("good.ndjson"), "{}\n");
        Path bad = directory.resolve("bad.ndjson");

        Output output = Output.of("batch", good.toString(), bad.toString(), "--out", out().toString());

        assertUsage(output, "weir: " + bad + ": there is no such file.");
    }

    @Test
    void resultsDoNotReplaceForeignFiles() throws IOException {
        Path file = Files.writeString(directory.resolve("good.ndjson"), "{}\n");
        Path target = Files.createDirectory(directory.resolve("results"));
        Files.writeString(target.resolve("thesis.tex"), "mine");

        Output output = Output.of("batch", file.toString(), "--out", target.toString());

        assertThat(output)
                .isEqualTo(new Output(
                        2,
                        "",
                        line("weir: " + target
                                + ": expected a new or empty directory, or results of an earlier run, found other"
                                + " files; choose another directory.")));
        assertThat(list(target)).containsExactly("thesis.tex");
    }

    @Test
    void unknownSettingIsNamedWithTheNearest() throws IOException {
        Path file = Files.writeString(directory.resolve("good.ndjson"), "{}\n");

        Output output = Output.of(
                "batch", file.toString(), "--out", out().toString(), "--set", "weir.sessions.inactivity-gab=30m");

        assertUsage(
                output,
                "weir: weir.sessions.inactivity-gab: there is no such setting; did you mean weir.sessions.inactivity-gap?");
    }

    @Test
    void wrongValueOfASettingIsShownWithWhatIsExpected() throws IOException {
        Path file = Files.writeString(directory.resolve("good.ndjson"), "{}\n");

        Output output = Output.of(
                "batch", file.toString(), "--out", out().toString(), "--set", "weir.sessions.inactivity-gap=soon");

        assertUsage(
                output,
                "weir: weir.sessions.inactivity-gap: expected a duration such as 72h, from 1s to 24h, found \"soon\".");
    }

    @Test
    void missingConfigurationFileIsNamed() {
        Path config = directory.resolve("weir.properties");

        Output output = Output.of("topology", "--config", config.toString());

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err())
                .startsWith("weir: --config: cannot read " + config)
                .hasLineCount(1);
    }

    @Test
    void missingTrackingPlanIsNamedBeforeAnythingStarts() throws IOException {
        Path file = Files.writeString(directory.resolve("good.ndjson"), "{}\n");
        Path plan = directory.resolve("plan");

        Output output = Output.of(
                "batch", file.toString(), "--out", out().toString(), "--set", "weir.intake.tracking-plan=" + plan);

        assertUsage(
                output,
                "weir: weir.intake.tracking-plan: expected a folder with a plan.json, but " + plan + " is not there.");
    }

    @Test
    void brokerThatIsNotThereIsNamed() throws IOException {
        String address = "127.0.0.1:" + freePort();

        Output output = Output.of(
                "topics",
                "check",
                "--set",
                "weir.kafka.bootstrap-servers=" + address,
                "--set",
                "weir.kafka.start-timeout=1s");

        assertThat(output)
                .isEqualTo(new Output(
                        1,
                        "",
                        line("weir: No broker answers at " + address
                                + " within 1000 ms: check that it runs, and weir.kafka.bootstrap-servers.")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "129"})
    void threadsAreBounded(String threads) throws IOException {
        Path file = Files.writeString(directory.resolve("good.ndjson"), "{}\n");

        Output output = Output.of("batch", file.toString(), "--out", out().toString(), "--threads", threads);

        assertUsage(output, "weir: --threads: expected a whole number from 1 to 128, found " + threads + ".");
    }

    @Test
    void missingOptionIsBadUsage() {
        Output output = Output.of("batch", "events.ndjson");

        assertUsage(output, "weir: Missing required option: '--out=DIR'; see \"weir batch --help\".");
    }

    @Test
    void unknownCommandIsBadUsage() {
        Output output = Output.of("bach");

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).startsWith("weir: Unmatched argument at index 0: 'bach'");
    }

    @Test
    void unknownFeatureIsBadUsage() {
        Output output = Output.of("run", "--only", "adspent");

        assertUsage(
                output,
                "weir: --only: expected some of intake, sessionizer, fraud, experiments, adspend, found \"adspent\".");
    }

    @Test
    void speedIsAFactorOrMax() {
        Output output = Output.of("replay", "events.ndjson", "--topic", "collector.web", "--speed", "fast");

        assertUsage(
                output,
                "weir: Invalid value for option '--speed': expected a factor such as 10x, or max, found \"fast\"; see"
                        + " \"weir replay --help\".");
    }

    @Test
    void foreignTopicIsShownOnlyAsItIs() {
        Output output = Output.of("tail", "collector.web");

        assertUsage(
                output,
                "weir: collector.web is not a topic of Weir's: name one of those that \"weir topics check\" lists, or"
                        + " add --raw to see its messages as they are.");
    }

    @Test
    void groupOfCommandsNeedsOneOfThem() {
        Output output = Output.of("topics");

        assertUsage(
                output,
                "weir: Missing command after \"weir topics\": expected one of create, check; see \"weir topics"
                        + " --help\".");
    }

    private Output batch(Path file) {
        return Output.of("batch", file.toString(), "--out", out().toString());
    }

    private Path out() {
        return directory.resolve("deep").resolve("out");
    }

    private void assertUsage(Output output, String sentence) {
        assertThat(output).isEqualTo(new Output(2, "", line(sentence)));
        assertThat(directory.resolve("deep")).doesNotExist();
        assertThat(list(directory)).noneMatch(name -> name.startsWith("."));
    }

    private static String line(String sentence) {
        return sentence + System.lineSeparator();
    }

    private static List<String> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return new ArrayList<>(
                    entries.map(path -> path.getFileName().toString()).toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
