package io.weir.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.benchmarks.Breakdown.Written;
import io.weir.core.settings.Settings;
import io.weir.core.time.WallClock;
import io.weir.topology.runtime.Deployment;
import io.weir.topology.runtime.FeatureRun;
import io.weir.topology.runtime.FeatureStatus;
import io.weir.topology.runtime.Features;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** All features in one process, from a raw topic that was filled before to the last of their outputs. */
final class EveryFeature implements AutoCloseable {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(30);
    /** Markers of transactions that may stand at the end of a partition, where two threads write to it. */
    private static final int MARKERS = 2;

    private final Admin admin;
    private final Lag lag;
    private final List<FeatureRun> runs = new ArrayList<>();

    EveryFeature(Settings settings, Admin admin) {
        this.admin = admin;
        this.lag = new Lag(admin);
        Deployment deployment =
                Deployment.of(settings, new WallClock(InstantSource.system()), new SimpleMeterRegistry());
        for (Features.Entry entry : Features.all()) {
            runs.add(new FeatureRun(entry, deployment, List.copyOf(runs), stopped -> {}));
        }
    }

    /**
     * Starts them, and waits until all is read.
     *
     * @param events in the raw topic
     */
    Measurement drain(long events, long brokerPid) throws ExecutionException, InterruptedException {
        long self = ProcessHandle.current().pid();
        runs.forEach(FeatureRun::start);
        awaitRunning();
        double serviceBefore = ProcessFigures.cpuSeconds(self);
        double brokerBefore = ProcessFigures.cpuSeconds(brokerPid);
        Map<String, Double> before = cpuSeconds();
        long started = System.nanoTime();
        awaitDrained(started);
        double seconds = (System.nanoTime() - started) / 1e9;
        double service = ProcessFigures.cpuSeconds(self) - serviceBefore;
        double broker = ProcessFigures.cpuSeconds(brokerPid) - brokerBefore;
        return new Measurement(
                "all features",
                events,
                seconds,
                service,
                broker,
                ProcessFigures.peakRssMiB(),
                new Breakdown(shares(before, cpuSeconds(), service), Map.of()));
    }

    /** What they have written to topics of a prefix, and to their own. */
    Map<String, Written> written(String prefix) throws ExecutionException, InterruptedException {
        Collection<String> topics = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(prefix)
                        || runs.stream().anyMatch(run -> name.startsWith(run.applicationId() + "-")))
                .toList();
        Map<String, Written> written = new TreeMap<>();
        lag.ends(topics)
                .forEach((partition, end) -> written.merge(name(prefix, partition), new Written(end, 0), Written::and));
        List<Integer> brokers =
                admin.describeCluster().nodes().get().stream().map(Node::id).toList();
        for (Map<String, LogDirDescription> folders :
                admin.describeLogDirs(brokers).allDescriptions().get().values()) {
            for (LogDirDescription folder : folders.values()) {
                folder.replicaInfos()
                        .forEach((partition, info) -> written.computeIfPresent(
                                name(prefix, partition), (name, sum) -> sum.and(new Written(0, info.size()))));
            }
        }
        return written;
    }

    private static String name(String prefix, TopicPartition partition) {
        return partition.topic().startsWith(prefix) ? partition.topic().substring(prefix.length()) : partition.topic();
    }

    private void awaitRunning() {
        while (!runs.stream().allMatch(run -> run.status().state() == FeatureStatus.State.RUNNING)) {
            check();
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** In the order of the flow: who reads what others have finished to write has read all once it is at the end. */
    private void awaitDrained(long started) throws ExecutionException, InterruptedException {
        for (FeatureRun run : runs) {
            while (isBehind(run)) {
                check();
                if (System.nanoTime() - started > GIVE_UP_NANOS) {
                    throw new IllegalStateException(run.name() + " did not drain its input in 30 minutes");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private boolean isBehind(FeatureRun run) throws ExecutionException, InterruptedException {
        List<String> topics = new ArrayList<>(run.feature().sources());
        topics.addAll(lag.repartitionTopics(run.applicationId()));
        return lag.largest(run.applicationId(), topics) > MARKERS;
    }

    private void check() {
        runs.forEach(run -> run.failure().ifPresent(fault -> {
            throw new IllegalStateException(run.name() + " stopped", fault);
        }));
    }

    /** By feature: its stream threads, and the network threads of its producers. */
    private Map<String, Double> cpuSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (FeatureRun run : runs) {
            double sum = 0;
            for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
                if (thread != null && thread.getThreadName().contains(run.applicationId() + "-")) {
                    sum += threads.getThreadCpuTime(thread.getThreadId()) / 1e9;
                }
            }
            seconds.put(run.name(), sum);
        }
        return seconds;
    }

    private static Map<String, Double> shares(Map<String, Double> before, Map<String, Double> after, double all) {
        Map<String, Double> shares = new LinkedHashMap<>();
        after.forEach((feature, seconds) -> shares.put(feature, seconds - before.get(feature)));
        shares.put(
                "others",
                all - shares.values().stream().mapToDouble(Double::doubleValue).sum());
        return shares;
    }

    @Override
    public void close() {
        for (int i = runs.size() - 1; i >= 0; i--) {
            runs.get(i).close();
        }
    }
}
