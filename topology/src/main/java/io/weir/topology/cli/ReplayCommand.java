package io.weir.topology.cli;

import io.weir.topology.files.InputFile;
import io.weir.topology.files.LineReader;
import io.weir.topology.files.RecordTime;
import io.weir.topology.terminal.Pauses;
import io.weir.topology.terminal.ProgressBar;
import io.weir.topology.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recorded events into a raw topic of a cluster. */
@Command(
        name = "replay",
        description = {
            "Sends recorded events (NDJSON in Segment's spec, or its .gz) into a raw topic of a cluster.",
            "With --retime, the default, all times move by one distance, such that the last event is of the moment at"
                    + " which it is sent; with --no-retime the events keep their times."
        })
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recorded events, one message a line.")
    List<Path> files = List.of();

    @Option(names = "--topic", required = true, paramLabel = "T", description = "The raw topic.")
    String topic = "";

    @Option(
            names = "--speed",
            paramLabel = "10x|max",
            defaultValue = "1x",
            converter = Pace.Converter.class,
            description = "How fast, against the recording. Default: ${DEFAULT-VALUE}.")
    Pace pace = new Pace(1);

    @Option(
            names = "--retime",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Move event times to now, keeping their distances (default), or not.")
    boolean retime = true;

    private final Terminal terminal;
    private final InstantSource clock;

    ReplayCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Connection connection = Connection.of(common.settings());
        List<InputFile> inputs = InputFile.of(files);
        connection.requireTopic(topic);
        Recording recording = scan(inputs);
        long start = clock.millis();
        long distance = retime ? start + pace.millis(recording.last - recording.first) - recording.last : 0;
        warnOfAge(recording);
        long sent = send(connection, inputs, recording, start, distance);
        terminal.err().println("weir: " + Terminal.grouped(sent) + " messages sent to " + topic + ".");
        return ExitCodes.DONE;
    }

    private long send(Connection connection, List<InputFile> inputs, Recording recording, long start, long distance) {
        Retiming retiming = new Retiming(distance);
        RecordTime time = RecordTime.ofSegment();
        long sent = 0;
        try (RawSender sender = new RawSender(connection, topic);
                ProgressBar progress = terminal.progress("replaying")) {
            for (InputFile input : inputs) {
                try (LineReader lines = input.open(new AtomicLong())) {
                    for (byte[] line = lines.next(); line != null; line = lines.next()) {
                        long recorded = time.next(line);
                        awaitTurn(start + pace.millis(Math.max(0, recorded - recording.first)), sender);
                        sender.send(retime ? retiming.move(line) : line, recorded + distance);
                        progress.at(++sent, recording.lines);
                    }
                }
            }
        }
        return sent;
    }

    private void awaitTurn(long due, RawSender sender) {
        long wait = pace.unlimited() ? 0 : due - clock.millis();
        if (wait > 0) {
            sender.flush();
            Pauses.pause(Duration.ofMillis(due - clock.millis()));
        }
    }

    private Recording scan(List<InputFile> inputs) {
        long total = inputs.stream().mapToLong(InputFile::size).sum();
        AtomicLong consumed = new AtomicLong();
        RecordTime time = RecordTime.ofSegment();
        Recording recording = new Recording();
        try (ProgressBar progress = terminal.progress("looking")) {
            for (InputFile input : inputs) {
                try (LineReader lines = input.open(consumed)) {
                    for (byte[] line = lines.next(); line != null; line = lines.next()) {
                        recording.add(time.next(line));
                        progress.at(consumed.get(), total);
                    }
                }
            }
        }
        return recording;
    }

    private void warnOfAge(Recording recording) {
        long behind = recording.last - recording.first - pace.millis(recording.last - recording.first);
        if (retime && behind > Duration.ofDays(3).toMillis()) {
            terminal.err()
                    .println("weir: the recording is "
                            + Duration.ofMillis(behind).toHours()
                            + " h longer than its replay: intake refuses what is older than weir.intake.max-age.");
        }
    }

    /** What is known of a recording before it is sent. */
    private static final class Recording {

        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long lines;

        private void add(long time) {
            first = Math.min(first, time);
            last = Math.max(last, time);
            lines++;
        }
    }
}
