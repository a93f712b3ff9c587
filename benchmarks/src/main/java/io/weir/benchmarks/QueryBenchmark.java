package io.weir.benchmarks;

import io.weir.core.serde.Schemas;
import io.weir.topology.files.Trees;
import io.weir.topology.runtime.FormatLocale;
import io.weir.traffic.Merchant;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast a service answers that holds the state of very many visitors, while events flow in at a fixed rate; and what that does to
 * the events.
 */
@Command(name = "queries", mixinStandardHelpOptions = true, description = "Measures answers while events flow in.")
public final class QueryBenchmark implements Callable<Integer> {

    private static final String RAW = "collector.benchmark";
    /** Visitors who are asked for; of fewer of them a session. */
    private static final int ASKED = 10_000;

    private static final int SESSIONS = 2_000;
    private static final String NOTHING = "nothing asked";
    private static final long FIRST_ANSWER_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    @Option(names = "--visitors", defaultValue = "1000000", description = "Visitors (default ${DEFAULT-VALUE}).")
    private int visitors;

    @Option(names = "--rate", defaultValue = "5000", description = "Events a second (default ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--warm-up",
            defaultValue = "60",
            description = "Seconds at that rate before (default ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--seconds", defaultValue = "30", description = "Of each measurement (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--connections",
            split = ",",
            defaultValue = "1,4,16",
            description = "Connections over which is asked anew with each answer (default ${DEFAULT-VALUE}).")
    private List<Integer> connections = List.of();

    @Option(
            names = "--per-second",
            split = ",",
            defaultValue = "100",
            description = "Questions a second that are asked at fixed times (default ${DEFAULT-VALUE}).")
    private List<Integer> perSecond = List.of();

    @Option(names = "--partitions", defaultValue = "4", description = "Partitions (default ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--out", defaultValue = "target/bench", description = "Folder of the results.")
    private Path out;

    @Option(names = "--set", description = "Further settings of the service.")
    private Map<String, String> further = new LinkedHashMap<>();

    private final Report report = new Report("queries");

    /** Runs the benchmark; prints a table and writes it, with JSON, to the folder. */
    public static void main(String[] arguments) {
        Schemas.trust();
        FormatLocale.set();
        System.exit(new CommandLine(new QueryBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createDirectories(out.toAbsolutePath());
        Path data = Files.createTempDirectory(work, "queries-");
        try (Broker broker = Broker.start(data, partitions);
                Fleet fleet = new Fleet(broker, RAW, data, "queries", further)) {
            broker.create(List.of(RAW));
            Traffic traffic = traffic();
            fleet.prepare(traffic);
            KnownVisitors known = new KnownVisitors(visitors, Instant.now());
            new RawTopics(broker.address()).fillSegmentJson(RAW, known.messages());
            Spool later = Spool.of(data.resolve("load"), known.as(traffic.segmentJson()));
            Fleet.Instance service = fleet.start();
            fleet.awaitCaughtUp();
            System.out.printf(
                    "%,d visitors, %,d MB of stores, %,d MiB of memory at most%n",
                    visitors, fleet.stateBytes() / 1_000_000, ProcessFigures.peakRssMiB(service.pid()));
            measure(broker, fleet, service, later, known.some(ASKED), traffic.merchants());
            System.out.printf("%,d MiB of memory at most%n", ProcessFigures.peakRssMiB(service.pid()));
            report.write(work, Map.of("visitors", visitors, "rate", rate, "partitions", partitions));
        } finally {
            Trees.delete(data);
        }
        return 0;
    }

    private void measure(
            Broker broker,
            Fleet fleet,
            Fleet.Instance service,
            Spool later,
            List<String> visitors,
            List<Merchant> merchants)
            throws Exception {
        try (Flow flow = new Flow(broker.address(), RAW, later);
                QueryLoad load = new QueryLoad(service.address())) {
            flow.startNow();
            Map<String, List<String>> questions = questions(load, visitors, merchants);
            Thread.sleep(warmUp * 1_000L);
            Window window = new Window(flow, fleet);
            add(NOTHING, 0, 0, window, () -> {
                Thread.sleep(seconds * 1_000L);
                return new QueryLoad.Answers(new Latency("answers"), 0, seconds);
            });
            for (Map.Entry<String, List<String>> question : questions.entrySet()) {
                for (int each : perSecond) {
                    add(question.getKey(), 16, each, window, () -> load.ask(question.getValue(), 16, each, time()));
                }
                for (int each : connections) {
                    add(question.getKey(), each, 0, window, () -> load.ask(question.getValue(), each, 0, time()));
                }
            }
            flow.check();
        }
    }

    private Duration time() {
        return Duration.ofSeconds(seconds);
    }

    /** Paths by what they ask for. */
    private static Map<String, List<String>> questions(QueryLoad load, List<String> visitors, List<Merchant> merchants)
            throws IOException, InterruptedException {
        Map<String, List<String>> questions = new LinkedHashMap<>();
        questions.put(
                "a visitor's journey",
                visitors.stream()
                        .map(visitor -> "/api/v1/visitors/" + encoded(visitor) + "/journey")
                        .toList());
        List<String> sessions = new ArrayList<>();
        for (String visitor : visitors.subList(0, Math.min(SESSIONS, visitors.size()))) {
            for (JsonNode session : rows(load, "/api/v1/visitors/" + encoded(visitor) + "/sessions?limit=1")) {
                sessions.add(
                        "/api/v1/sessions/" + encoded(session.get("session_id").asString()));
            }
        }
        questions.put("a session", sessions);
        questions.put("a merchant's spend", spend(load, merchants));
        List<String> experiments = new ArrayList<>();
        for (JsonNode experiment : rows(load, "/api/v1/experiments")) {
            experiments.add("/api/v1/experiments/"
                    + encoded(experiment.get("experiment_id").asString()) + "/results");
        }
        questions.put("an experiment's results", experiments);
        return questions;
    }

    /** Not of those that nothing was delivered of. */
    private static List<String> spend(QueryLoad load, List<Merchant> merchants)
            throws IOException, InterruptedException {
        return await("a merchant's spend", () -> {
            List<String> spend = new ArrayList<>();
            for (Merchant merchant : merchants) {
                String path = "/api/v1/merchants/" + encoded(merchant.id()) + "/spend";
                if (load.ask(path) != null) {
                    spend.add(path);
                }
            }
            return spend;
        });
    }

    private static List<JsonNode> rows(QueryLoad load, String path) throws IOException, InterruptedException {
        return await(path, () -> {
            String answer = load.ask(path);
            return answer == null
                    ? List.of()
                    : JsonMapper.shared()
                            .readTree(answer)
                            .get("data")
                            .valueStream()
                            .toList();
        });
    }

    /** Something that is asked for. */
    private interface Answered<T> {
        List<T> ask() throws IOException, InterruptedException;
    }

    /** Asks until there is something: a store may be on its way to another thread, and the first results take some seconds. */
    private static <T> List<T> await(String what, Answered<T> answered) throws IOException, InterruptedException {
        for (long started = System.nanoTime(); System.nanoTime() - started < FIRST_ANSWER_NANOS; ) {
            List<T> answer = answered.ask();
            if (!answer.isEmpty()) {
                return answer;
            }
            LockSupport.parkNanos(ASK_AGAIN_NANOS);
        }
        throw new IllegalStateException(what + " was not answered, or with nothing");
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Something that is measured. */
    private interface Asking {
        QueryLoad.Answers ask() throws InterruptedException, ExecutionException;
    }

    private void add(String what, int over, int perSecondAsked, Window window, Asking asking)
            throws InterruptedException, ExecutionException {
        window.open();
        QueryLoad.Answers answers = asking.ask();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("asked", what);
        row.put("connections", (long) over);
        row.put("asked/s", perSecondAsked == 0 ? "as answered" : Integer.toString(perSecondAsked));
        row.put("answers/s", answers.perSecond());
        row.put("p50 ms", answers.latency().millis(0.5));
        row.put("p99 ms", answers.latency().millis(0.99));
        row.put("not 200", answers.failed());
        row.putAll(window.close());
        report.add(row);
    }

    /** What happened to events meanwhile. */
    private static final class Window {
        private final Flow flow;
        private final Fleet fleet;
        private long since;
        private long sent;
        private long events;
        private long taken;

        Window(Flow flow, Fleet fleet) {
            this.flow = flow;
            this.fleet = fleet;
        }

        void open() throws ExecutionException, InterruptedException {
            since = System.nanoTime();
            sent = flow.messages();
            events = flow.events();
            taken = fleet.taken();
        }

        Map<String, Object> close() throws ExecutionException, InterruptedException {
            double passed = (System.nanoTime() - since) / 1e9;
            double perMessage = (flow.events() - events) / (double) (flow.messages() - sent);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("events/s sent", (flow.events() - events) / passed);
            // How many events a message has differs little from minute to minute.
            row.put("taken", (fleet.taken() - taken) * perMessage / passed);
            row.put("records behind", fleet.behind());
            return row;
        }
    }

    /** Events that flow while it is measured, and a minute of spare ones for what is done between. */
    private long afterwards() {
        long measurements = 1 + 4L * (connections.size() + perSecond.size());
        return rate * (warmUp + (seconds + 5) * measurements + 60L);
    }

    private Traffic traffic() {
        return Traffic.from(TrafficSettings.builder()
                .start(Instant.now())
                .rate(rate)
                .events(afterwards())
                .dayCurve(false)
                .build());
    }
}
