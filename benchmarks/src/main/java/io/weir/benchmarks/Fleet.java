package io.weir.benchmarks;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.settings.Settings;
import io.weir.core.topic.Topics;
import io.weir.embedded.process.ChildProcess;
import io.weir.fraud.FraudSettings;
import io.weir.topology.runtime.Features;
import io.weir.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One deployment of the whole service: processes that share topics and read one raw topic of Segment JSON. */
final class Fleet implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long GIVE_UP_NANOS = TimeUnit.HOURS.toNanos(2);
    /** Markers of transactions that may stand at the end of a partition, where two threads write to it. */
    private static final int MARKERS = 2;

    private static final String STORES_BEHIND = "weir_stores_behind{";
    /** Markers of transactions at the ends of all changelogs of a feature, which no copy ever reads. */
    private static final double COPY_LAG = 500;

    private final Broker broker;
    private final String raw;
    private final Path data;
    private final String name;
    private final Map<String, String> further;
    private final Lag lag;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Instance> instances = new ArrayList<>();

    /** A process of the service. */
    record Instance(ChildProcess process, URI address, Path state) {

        /** Ends it with no chance to write anything. */
        void kill() {
            process.kill();
        }

        long pid() {
            return process.pid();
        }
    }

    /**
     * A deployment that is new to the broker.
     *
     * @param raw topic that it reads
     * @param name of its applications, and before the names of its topics
     * @param further settings
     */
    Fleet(Broker broker, String raw, Path data, String name, Map<String, String> further) {
        this.broker = broker;
        this.raw = raw;
        this.data = data;
        this.name = name;
        this.further = further;
        this.lag = new Lag(broker.admin());
    }

    /** Creates its topics, and writes budgets for the merchants of some traffic and the rules that ship. */
    void prepare(Traffic traffic) throws ExecutionException, InterruptedException {
        Topics topics = new Topics(name + ".");
        broker.createAll(topics);
        Terms terms = new Terms(broker.address(), topics, new AvroSerdes(ServiceProcess.registry(topics)));
        terms.merchants(traffic.merchants());
        terms.shippedRules(Settings.of(settings(data)).get(FraudSettings.KINDS));
    }

    /** Starts one more process, with nothing on its disk. */
    Instance start() {
        return start(data.resolve("state-" + name + "-" + instances.size()));
    }

    /** Starts one more process over what another has left on its disk. */
    Instance start(Path state) {
        Path file = data.resolve(name + "-" + instances.size() + ".properties");
        Properties properties = new Properties();
        properties.putAll(settings(state));
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChildProcess process = ChildProcess.java(ServiceProcess.class.getName())
                .jvmOptions(jvmOptions())
                .arguments(file.toString())
                .output(data.resolve(name + "-" + instances.size() + ".log"))
                .start();
        String port = process.awaitLine(ServiceProcess.READY, START);
        Instance instance = new Instance(process, URI.create("http://127.0.0.1:" + port), state);
        instances.add(instance);
        return instance;
    }

    /** Those of this process, which the command of the benchmark gives. */
    private static String[] jvmOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .toArray(String[]::new);
    }

    private Map<String, String> settings(Path state) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("weir.kafka.bootstrap-servers", broker.address());
        values.put("weir.application-prefix", name);
        values.put("weir.topic-prefix", name + ".");
        values.put("weir.registry.url", ServiceProcess.REGISTRY);
        values.put("weir.registry.auto-register", "true");
        values.put("weir.state.directory", state.toString());
        values.put("weir.http.port", "0");
        values.put("weir.http.requests-per-second", "1000000");
        values.put("weir.http.peer-token", "between processes of a benchmark");
        values.put("weir.intake.hash-key", "a key that hides nothing: made-up traffic");
        values.put("weir.intake.sources[0].topic", raw);
        values.put("weir.intake.sources[0].format", "segment-json");
        values.put("weir.intake.sources[0].keyed-by", "visitor");
        values.put("weir.experiments.kinds", "exposure,purchase");
        values.putAll(further);
        return values;
    }

    /** Waits until a process says that it can do its work. */
    void awaitReady(Instance instance) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(instance.address().resolve("/health/ready"))
                .build();
        await(() -> {
            try {
                return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Waits until all that is in the raw topic has been read to the last output; in the order of the flow. */
    void awaitCaughtUp() throws ExecutionException, InterruptedException {
        for (Features.Entry feature : Features.all()) {
            await(() -> largestLag(feature) <= MARKERS);
        }
    }

    /** How many threads share the work of each feature. */
    Map<String, Integer> members() throws ExecutionException, InterruptedException {
        Map<String, Integer> members = new LinkedHashMap<>();
        for (Features.Entry feature : Features.all()) {
            members.put(feature.name(), lag.members(group(feature)));
        }
        return members;
    }

    /** Waits until no others share the work, and a process says that it can do all of it. */
    void awaitSole(Instance instance, Map<String, Integer> members) throws InterruptedException {
        await(() -> members().equals(members));
        awaitReady(instance);
    }

    /** Waits until the copies of a process are as far as the stores that they are copies of, as its metrics say. */
    void awaitCopies(Instance instance) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(instance.address().resolve("/metrics")).build();
        await(() -> {
            try {
                List<Double> behind = http.send(request, BodyHandlers.ofString())
                        .body()
                        .lines()
                        .filter(line -> line.startsWith(STORES_BEHIND))
                        .map(line -> Double.valueOf(line.replaceAll(".* ", "")))
                        .toList();
                return behind.size() == Features.all().size() && behind.stream().allMatch(lag -> lag <= COPY_LAG);
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Records that are still to be read, of all features. */
    long behind() throws ExecutionException, InterruptedException {
        long sum = 0;
        for (Features.Entry feature : Features.all()) {
            String group = group(feature);
            sum += lag.behind(group, topicsOf(group));
        }
        return sum;
    }

    /** Messages of the raw topic that have been read for good. */
    long taken() throws ExecutionException, InterruptedException {
        return lag.committed(group(Features.all().get(0)), raw);
    }

    private long largestLag(Features.Entry feature) throws ExecutionException, InterruptedException {
        String group = group(feature);
        Set<String> topics = topicsOf(group);
        return topics.isEmpty() ? Long.MAX_VALUE : lag.largest(group, topics);
    }

    /** Also those between its parts: while a part goes from one thread to another, nobody has been assigned what it reads. */
    private Set<String> topicsOf(String group) throws ExecutionException, InterruptedException {
        Set<String> topics = new HashSet<>(lag.topicsOf(group));
        if (!topics.isEmpty()) {
            topics.addAll(lag.repartitionTopics(group));
        }
        return topics;
    }

    private String group(Features.Entry feature) {
        return name + "-" + feature.name();
    }

    /** Bytes of all stores on the disks of its processes. */
    long stateBytes() {
        return instances.stream()
                .map(Instance::state)
                .distinct()
                .mapToLong(ProcessFigures::sizeOf)
                .sum();
    }

    List<Instance> instances() {
        return List.copyOf(instances);
    }

    /** What is waited for; asked again and again. */
    private interface Condition {
        boolean holds() throws ExecutionException, InterruptedException;
    }

    private void await(Condition condition) throws InterruptedException {
        long started = System.nanoTime();
        try {
            while (!condition.holds()) {
                if (instances.stream().noneMatch(instance -> instance.process().isAlive())) {
                    throw new IllegalStateException("no process of " + name + " runs any more; see its log");
                }
                if (System.nanoTime() - started > GIVE_UP_NANOS) {
                    throw new IllegalStateException(name + " did not catch up in two hours");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not say how far " + name + " has read", e.getCause());
        }
    }

    @Override
    public void close() {
        instances.forEach(instance -> instance.process().close());
    }
}
