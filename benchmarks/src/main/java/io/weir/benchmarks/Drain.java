package io.weir.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.core.time.WallClock;
import io.weir.core.topic.Topics;
import io.weir.fraud.FraudSettings;
import io.weir.schemas.EventKind;
import io.weir.topology.runtime.Deployment;
import io.weir.topology.runtime.FeatureRun;
import io.weir.topology.runtime.Features;
import io.weir.traffic.Traffic;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;

/** Runs one feature after another over topics that were filled before, each as a new application. */
final class Drain {

    static final String REGISTRY = "mock://benchmark";

    /** A transaction's marker counts as a record for each partition that it was written to. */
    private static final int MARKERS_PER_PARTITION = 1;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(20);

    private final Function<RunNames, Settings> settings;
    private final Broker broker;
    private final String address;
    private final Path data;
    private final int partitions;
    private final int threads;
    private final Traffic traffic;
    private final long units;
    private final Lag lag;
    private final RawTopics raw;
    private final Set<String> created = new HashSet<>();
    private final Map<RawSource, Long> filled = new EnumMap<>(RawSource.class);
    private int runs;
    private String newestEvents = "";

    Drain(
            Function<RunNames, Settings> settings,
            Broker broker,
            Path data,
            int partitions,
            int threads,
            Traffic traffic,
            long units) {
        this.settings = settings;
        this.broker = broker;
        this.address = broker.address();
        this.data = data;
        this.partitions = partitions;
        this.threads = threads;
        this.traffic = traffic;
        this.units = units;
        this.lag = new Lag(broker.admin());
        this.raw = new RawTopics(address);
    }

    /** All features at once, from Segment JSON that is keyed by visitor, with budgets for all merchants and the rules that ship. */
    Measurement everyFeature() throws ExecutionException, InterruptedException {
        long events = fill(RawSource.SEGMENT_JSON);
        String prefix = "all" + ++runs + ".";
        Topics topics = new Topics(prefix);
        create(Topics.all().stream().map(topics::name).toList());
        Settings all = settings.apply(new RunNames(
                address,
                "bench" + runs,
                prefix,
                data.resolve("state" + runs),
                Map.of(
                        "weir.intake.sources[0].topic",
                        RawSource.SEGMENT_JSON.topic(),
                        "weir.intake.sources[0].format",
                        RawSource.SEGMENT_JSON.format(),
                        "weir.intake.sources[0].keyed-by",
                        "visitor",
                        "weir.experiments.kinds",
                        "exposure,purchase")));
        Terms terms = new Terms(address, topics, serdes());
        terms.merchants(traffic.merchants());
        terms.shippedRules(all.get(FraudSettings.KINDS));
        try (EveryFeature features = new EveryFeature(all, broker.admin())) {
            Measurement measured = features.drain(events, broker.pid());
            System.out.printf("%-45s %,9.0f events/s%n", measured.name(), measured.eventsPerSecond());
            return measured.with(features.written(prefix));
        }
    }

    /** Intake alone; its events are what the sessionizer reads afterwards. */
    Measurement intake(RawSource source) throws ExecutionException, InterruptedException {
        long events = fill(source);
        newestEvents = "intake" + ++runs + ".";
        create(Topics.all().stream()
                .map(topic -> new Topics(newestEvents).name(topic))
                .toList());
        RunNames names = new RunNames(
                address,
                "bench" + runs,
                newestEvents,
                data.resolve("state" + runs),
                Map.of(
                        "weir.intake.sources[0].topic", source.topic(),
                        "weir.intake.sources[0].format", source.format()));
        return feature("intake", "intake, " + source.format(), names, events);
    }

    /** The sessionizer alone, over the events of the newest run of intake. */
    Measurement sessionizer(boolean withJourneysAndPages) throws ExecutionException, InterruptedException {
        runs++;
        String on = Boolean.toString(withJourneysAndPages);
        RunNames names = new RunNames(
                address,
                "bench" + runs,
                newestEvents,
                data.resolve("state" + runs),
                Map.of("weir.sessions.journeys", on, "weir.sessions.pages", on));
        String name = withJourneysAndPages ? "sessionizer, everything on" : "sessionizer, journeys and pages off";
        return feature("sessionizer", name, names, acceptedEvents());
    }

    /** Ad spend alone, over the interactions of the newest run of intake, with a budget for every merchant. */
    Measurement adSpend() throws ExecutionException, InterruptedException {
        runs++;
        Topics topics = new Topics(newestEvents);
        new Terms(address, topics, serdes()).merchants(traffic.merchants());
        Path state = data.resolve("state" + runs);
        RunNames names = new RunNames(address, "bench" + runs, newestEvents, state, Map.of());
        List<String> interactions = Stream.of(Topics.IMPRESSIONS, Topics.CLICKS, Topics.VIDEO)
                .map(topics::name)
                .toList();
        long events = lag.ends(interactions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        Measurement measured = feature("adspend", "ad spend", names, events);
        System.out.printf("%-45s %,9.0f MB of state%n", "", ProcessFigures.sizeOf(state) / 1e6);
        return measured;
    }

    /** Fraud alone, over the events of the newest run of intake: by the rules that ship, or, before that, by none. */
    Measurement fraud(boolean withRules) throws ExecutionException, InterruptedException {
        runs++;
        Topics topics = new Topics(newestEvents);
        Path state = data.resolve("state" + runs);
        RunNames names = new RunNames(address, "bench" + runs, newestEvents, state, Map.of());
        Set<EventKind> kinds = settings.apply(names).get(FraudSettings.KINDS);
        List<String> eventTopics =
                kinds.stream().map(kind -> topics.name(Topics.of(kind))).toList();
        if (withRules) {
            new Terms(address, topics, serdes()).shippedRules(kinds);
        }
        long events = lag.ends(eventTopics).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        Measurement measured = feature("fraud", withRules ? "fraud, shipped rules" : "fraud, no rules", names, events);
        System.out.printf("%-45s %,9.0f MB of state%n", "", ProcessFigures.sizeOf(state) / 1e6);
        return measured;
    }

    /** Experiments alone, over units of their own. */
    Measurement experiments(int number) throws ExecutionException, InterruptedException {
        runs++;
        Topics topics = new Topics("experiments" + runs + ".");
        create(ExperimentEvents.topics().stream().map(topics::name).toList());
        create(Stream.of(Topics.RESULTS, Topics.EXPERIMENT_ALERTS)
                .map(topics::name)
                .toList());
        long made = new ExperimentEvents(address).fill(topics, serdes(), units, number);
        Path state = data.resolve("state" + runs);
        RunNames names = new RunNames(
                address,
                "bench" + runs,
                "experiments" + runs + ".",
                state,
                Map.of("weir.experiments.kinds", "exposure,purchase"));
        String name = number == 1 ? "experiments, one with all units" : "experiments, " + number;
        Measurement measured = feature("experiments", name, names, made);
        System.out.printf("%-45s %,9.0f MB of state, %,d units%n", "", ProcessFigures.sizeOf(state) / 1e6, units);
        return measured;
    }

    /** The DSL's session windows over the same events. */
    Measurement baseline(boolean cached) throws ExecutionException, InterruptedException {
        runs++;
        String application = "baseline" + runs;
        Properties properties = new Properties();
        properties.putAll(WindowBaseline.properties(
                application, address, data.resolve("state" + runs).toString(), threads));
        try (KafkaStreams streams =
                new KafkaStreams(WindowBaseline.topology(new Topics(newestEvents), serdes(), cached), properties)) {
            return measure(
                    "DSL session windows and count, " + (cached ? "cached" : "uncached"),
                    application,
                    acceptedEvents(),
                    eventTopics(),
                    streams);
        }
    }

    /** Fills a raw topic the first time that it is asked for. */
    private long fill(RawSource source) throws ExecutionException, InterruptedException {
        Long already = filled.get(source);
        if (already != null) {
            return already;
        }
        create(List.of(source.topic()));
        long events = switch (source) {
            case AVRO -> raw.fillAvro(source.topic(), traffic, serdes());
            case SEGMENT_JSON -> raw.fillSegmentJson(source.topic(), traffic);
        };
        filled.put(source, events);
        return events;
    }

    /** Records in the event topics of the newest run of intake, a few markers of transactions among them. */
    private long acceptedEvents() throws ExecutionException, InterruptedException {
        return lag.ends(eventTopics()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static AvroSerdes serdes() {
        return new AvroSerdes(new SchemaRegistry(REGISTRY, Map.of(), true));
    }

    private Measurement feature(String feature, String name, RunNames names, long events)
            throws ExecutionException, InterruptedException {
        try (FeatureRun run = run(feature, names)) {
            return measure(name, run.applicationId(), events, run.feature().sources(), run.streams());
        }
    }

    private FeatureRun run(String feature, RunNames names) {
        Deployment deployment =
                Deployment.of(settings.apply(names), new WallClock(InstantSource.system()), new SimpleMeterRegistry());
        Features.Entry entry = Features.find(feature).orElseThrow();
        return new FeatureRun(entry, deployment, List.of(), stopped -> {});
    }

    private Measurement measure(
            String name, String application, long events, Collection<String> sources, KafkaStreams streams)
            throws ExecutionException, InterruptedException {
        long self = ProcessHandle.current().pid();
        streams.start();
        awaitRunning(streams);
        double serviceBefore = ProcessFigures.cpuSeconds(self);
        double brokerBefore = ProcessFigures.cpuSeconds(broker.pid());
        long started = System.nanoTime();
        awaitDrained(application, sources, streams);
        double seconds = (System.nanoTime() - started) / 1e9;
        Measurement measured = new Measurement(
                name,
                events,
                seconds,
                ProcessFigures.cpuSeconds(self) - serviceBefore,
                ProcessFigures.cpuSeconds(broker.pid()) - brokerBefore,
                ProcessFigures.peakRssMiB(),
                Breakdown.NONE);
        System.out.printf("%-45s %,9.0f events/s%n", name, measured.eventsPerSecond());
        return measured;
    }

    private static void awaitRunning(KafkaStreams streams) {
        while (streams.state() != KafkaStreams.State.RUNNING) {
            check(streams);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private void awaitDrained(String application, Collection<String> sources, KafkaStreams streams)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + GIVE_UP_NANOS;
        while (behind(application, sources) > 0) {
            check(streams);
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(application + " did not drain its input in 20 minutes");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private long behind(String application, Collection<String> sources)
            throws ExecutionException, InterruptedException {
        Collection<String> between = lag.repartitionTopics(application);
        long slack = (long) (sources.size() + between.size()) * partitions * MARKERS_PER_PARTITION;
        long ofSources = lag.behind(application, sources);
        return Math.max(0, ofSources + lag.behind(application, between) - slack);
    }

    private static void check(KafkaStreams streams) {
        if (streams.state().hasStartedOrFinishedShuttingDown()) {
            throw new IllegalStateException("the measured application stopped; see its log");
        }
    }

    private List<String> eventTopics() {
        Topics topics = new Topics(newestEvents);
        return Topics.kinds().stream().map(kind -> topics.name(Topics.of(kind))).toList();
    }

    private void create(List<String> names) throws ExecutionException, InterruptedException {
        List<String> missing =
                names.stream().filter(name -> !created.contains(name)).toList();
        broker.create(missing);
        created.addAll(missing);
    }
}
