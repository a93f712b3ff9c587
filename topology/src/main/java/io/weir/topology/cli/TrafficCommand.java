package io.weir.topology.cli;

import io.weir.topology.files.FileException;
import io.weir.topology.terminal.Terminal;
import io.weir.traffic.Label;
import io.weir.traffic.Message;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** The shop of the demo, as recorded events. */
@Command(
        name = "traffic",
        description = {
            "Writes the traffic of a shop that does not exist as recorded events (NDJSON in Segment's spec, or its .gz), to"
                    + " try batch, replay and rules backtest with. The same options make the same bytes.",
        })
final class TrafficCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final double MOST_EVENTS = 100_000_000;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "Where the events go.")
    Path file;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "Events a second. Default: ${DEFAULT-VALUE}.")
    double rate = 50;

    @Option(
            names = "--duration",
            paramLabel = "T",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description = "How long. Default: ${DEFAULT-VALUE}.")
    Duration duration = Duration.ofHours(1);

    @Option(
            names = "--start",
            paramLabel = "TIME",
            defaultValue = "2026-05-01T09:00:00Z",
            description = "Time of the first event, in UTC. Default: ${DEFAULT-VALUE}.")
    Instant start = Instant.EPOCH;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another seed, another shop. Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Where it is said what each event was made to be: {event_id, kind, visitor_id, made} a line.")
    Optional<Path> labels = Optional.empty();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Where the keys of the shop's app go, as a JWK set (weir.fraud.integrity-keys).")
    Optional<Path> keys = Optional.empty();

    @Option(
            names = "--budgets",
            paramLabel = "FILE",
            description = "Where the budgets of its merchants go, as \"weir budgets apply\" takes them.")
    Optional<Path> budgets = Optional.empty();

    private final Terminal terminal;

    TrafficCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A line of the labels. */
    record Made(String event_id, String kind, String visitor_id, String made) {}

    @Override
    public Integer call() {
        double events = rate * duration.toMillis() / 1e3;
        if (!(rate > 0) || events < 1 || events > MOST_EVENTS) {
            throw CommandException.usage("--rate, --duration: expected from 1 to 100000000 events in all");
        }
        Traffic traffic = Traffic.from(TrafficSettings.builder()
                .seed(seed)
                .start(start)
                .rate(rate)
                .duration(duration)
                .dayCurve(false)
                .build());
        labels.ifPresent(TrafficCommand::requireFolder);
        keys.ifPresent(path -> write(path, traffic.jwkSet()));
        budgets.ifPresent(path -> write(path, ShopBudgets.yaml(traffic.merchants())));
        long messages = write(traffic);
        terminal.err().println("weir: " + Terminal.grouped(messages) + " messages written to " + file + ".");
        return ExitCodes.DONE;
    }

    private long write(Traffic traffic) {
        try (Writer out = writer(file);
                Writer truth = labels.isPresent() ? writer(labels.get()) : Writer.nullWriter()) {
            return write(traffic, out, truth);
        } catch (IOException e) {
            throw unwritable(file);
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw unwritable(path);
        }
    }

    private static void requireFolder(Path path) {
        if (!Files.isDirectory(path.toAbsolutePath().getParent())) {
            throw unwritable(path);
        }
    }

    private static FileException unwritable(Path path) {
        return new FileException(path + ": cannot be written");
    }

    private static long write(Traffic traffic, Writer out, Writer truth) throws IOException {
        long messages = 0;
        for (Iterator<Message<byte[]>> all = traffic.segmentJson(); all.hasNext(); messages++) {
            Message<byte[]> message = all.next();
            // A broken message may hold a line break, and a recording has one message a line.
            out.write(new String(message.value(), StandardCharsets.UTF_8).replace('\n', ' '));
            out.write('\n');
            for (Label label : message.labels()) {
                if (label.accepted()) {
                    truth.write(JSON.writeValueAsString(made(label)));
                    truth.write('\n');
                }
            }
        }
        return messages;
    }

    private static Made made(Label label) {
        String made = label.fraud().map(Enum::name).orElse(label.bot() ? "ROBOT" : "HONEST");
        return new Made(
                label.truth().eventId(),
                label.kind().name(),
                label.truth().visit().visitorId(),
                made);
    }

    private static Writer writer(Path path) throws IOException {
        return path.toString().endsWith(".gz")
                ? new BufferedWriter(new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(path)), StandardCharsets.UTF_8))
                : Files.newBufferedWriter(path);
    }
}
