package io.weir.topology.runtime;

import io.weir.core.feature.Build;
import io.weir.core.feature.Feature;
import io.weir.core.settings.Settings;
import io.weir.core.time.StreamClock;
import io.weir.topology.http.HttpServer;
import io.weir.topology.metrics.Meters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: features and what is served over HTTP, in one process. Made with {@link #start}; ends when it is closed,
 * when the process is told to stop, or when no feature is left that runs.
 */
public final class Service implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final RuntimeSettings runtime;
    private final Deployment deployment;
    private final Meters meters;
    private final List<FeatureRun> runs = new ArrayList<>();
    private final List<AutoCloseable> watches = new ArrayList<>();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicInteger exitCode = new AtomicInteger(DONE);
    private final QueryServer queries;
    private HttpServer http;

    private Service(Settings settings, List<Features.Entry> features, StreamClock clock) {
        this.meters = new Meters();
        this.deployment = Deployment.of(settings, clock, meters.registry());
        this.runtime = deployment.runtime();
        for (Features.Entry entry : features) {
            runs.add(new FeatureRun(entry, deployment, runs, this::stopped));
        }
        this.queries = new QueryServer(deployment, runs);
    }

    /**
     * Starts: health first, then the check of the topics, then the features.
     *
     * @param settings of everything
     * @param features which, as of {@link Features#only}
     * @param clock by which results are given out
     * @throws StartException if the port, the broker, a topic or the state directory is not as it must be; nothing is
     *     left running then
     * @throws io.weir.core.settings.SettingsException if a setting is wrong
     */
    public static Service start(Settings settings, List<Features.Entry> features, StreamClock clock) {
        Service service = new Service(settings, features, clock);
        try {
            service.start();
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
        return service;
    }

    private void start() {
        http = HttpServer.start(queries.reach(), this::status, meters::scrape, queries::addTo);
        queries.answersAt(http.port());
        runs.forEach(FeatureRun::prepare);
        List<Feature> features = runs.stream().map(FeatureRun::feature).toList();
        new TopicCheck(runtime.kafka(), deployment.topics()).check(features);
        for (FeatureRun run : runs) {
            watches.add(meters.watch(run));
        }
        runs.forEach(FeatureRun::start);
        LOG.info(
                "Weir {} runs {}",
                Build.version(),
                runs.stream().map(FeatureRun::name).toList());
    }

    /** The port that health and metrics are served on. */
    public int port() {
        return http.port();
    }

    /** What runs, in the order of the flow. */
    public List<FeatureRun> features() {
        return List.copyOf(runs);
    }

    /** How each feature is. */
    public List<FeatureStatus> status() {
        return runs.stream().map(FeatureRun::status).toList();
    }

    /** What the features share. */
    public Deployment deployment() {
        return deployment;
    }

    /**
     * Waits until the service has ended: closed from elsewhere, or told to stop by a signal (SIGTERM, SIGINT), or no
     * feature left that runs, or out of memory.
     *
     * @return the exit code: 0 if it was told to stop, else 1
     */
    public int await() throws InterruptedException {
        Thread hook = new Thread(this::close, "weir-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        ending.await();
        close();
        closed.await();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The process is being stopped", e);
        }
        return exitCode.get();
    }

    /** Stops within the shutdown timeout: no new request, what was processed is committed, the rest comes back. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        ending.countDown();
        try {
            stopFeatures(runtime.shutdownTimeout());
            for (AutoCloseable watch : watches) {
                closeQuietly(watch);
            }
            if (http != null) {
                http.close();
            }
            queries.close();
            closeQuietly(meters);
            closeQuietly(deployment.serdes().registry().client());
        } finally {
            closed.countDown();
        }
    }

    /** All at once: the bound is for the process, not for each feature. */
    private void stopFeatures(Duration bound) {
        List<Thread> stops = new ArrayList<>();
        for (FeatureRun run : runs) {
            Thread stop = new Thread(() -> run.close(bound), "weir-stop-" + run.name());
            stop.setDaemon(true);
            stop.start();
            stops.add(stop);
        }
        long deadline = System.nanoTime() + bound.toNanos();
        for (Thread stop : stops) {
            try {
                stop.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void stopped(FeatureRun run) {
        boolean ends = run.failure()
                .map(FaultKind::of)
                .filter(FaultKind.ENDS_PROCESS::equals)
                .isPresent();
        boolean nothingLeft = runs.stream().allMatch(one -> one.failure().isPresent());
        if (ends || nothingLeft) {
            LOG.error(ends ? "The process cannot go on and stops" : "No feature is left that runs: the process stops");
            exitCode.set(FAILED);
            ending.countDown();
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("Closing {} failed", resource, e);
        }
    }
}
