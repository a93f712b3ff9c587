package io.weir.topology.runtime;

import io.micrometer.core.instrument.Counter;
import io.weir.core.feature.Feature;
import io.weir.core.settings.SettingsException;
import io.weir.query.state.Member;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One feature as a {@code KafkaStreams} of its own. What it needs may be away for a while: it waits and tries again. A
 * fault that does not pass stops this feature and no other. It runs once: after {@link #close} make another.
 */
public final class FeatureRun implements AutoCloseable, UpstreamProgress.Upstream {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureRun.class);

    private final Feature feature;
    private final Set<String> sinks;
    private final ConsumerProgress progress = new ConsumerProgress();
    private final RuntimeSettings runtime;
    private final Map<String, Object> properties;
    private final Topology topology;
    private final Consumer<FeatureRun> onStop;
    private final Backoff backoff = new Backoff();
    private final Counter faults;
    private final RunState state = new RunState(System::nanoTime);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile KafkaStreams streams;
    private Optional<Member> member = Optional.empty();

    /**
     * Builds the topology; no connection is made.
     *
     * @param entry which feature
     * @param deployment what it shares with the others
     * @param upstream features of this process that it may read from
     * @param onStop told, on one of Kafka's threads, when the feature has stopped for a fault
     * @throws SettingsException if a setting of the feature is wrong
     */
    public FeatureRun(
            Features.Entry entry, Deployment deployment, List<FeatureRun> upstream, Consumer<FeatureRun> onStop) {
        this.runtime = deployment.runtime();
        this.feature = entry.make().apply(deployment.context(new UpstreamProgress(progress, upstream)));
        this.sinks = feature.sinks().stream().map(deployment.topics()::name).collect(Collectors.toSet());
        this.properties = StreamsProperties.of(entry.name(), deployment, progress);
        this.topology = topology(feature, properties);
        this.onStop = onStop;
        this.faults = Counter.builder("weir.feature.retries")
                .description("Times that a thread was replaced since something the feature needs was away.")
                .tag("feature", entry.name())
                .register(deployment.meters());
    }

    /** The topology of a feature, under the rules that its properties set: every internal name is explicit. */
    static Topology topology(Feature feature, Map<String, Object> properties) {
        // Naming is enforced only where the builder itself is given the configuration.
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config(properties)));
        feature.addTo(builder);
        return builder.build();
    }

    private static StreamsConfig config(Map<String, Object> properties) {
        try {
            return new StreamsConfig(properties);
        } catch (ConfigException e) {
            throw new SettingsException(KafkaSettings.CLIENT.key() + ": Kafka refuses this: " + e.getMessage());
        }
    }

    /**
     * Reads what the feature needs besides its settings; {@link #start} does it where this was not called.
     *
     * @throws SettingsException if that is wrong, such as a tracking plan
     */
    public void prepare() {
        feature.prepare();
    }

    /** Where other processes ask for the state of the feature that this one holds; counts from the next {@link #start}. */
    public synchronized void answersAt(Member address) {
        member = Optional.of(address);
    }

    /**
     * Joins the group and starts to process; returns at once.
     *
     * @throws SettingsException if what the feature needs besides its settings is wrong
     * @throws StartException if the state directory is in use or cannot be written
     */
    public synchronized void start() {
        prepare();
        KafkaStreams starting = streams();
        state.moved(KafkaStreams.State.REBALANCING);
        starting.start();
    }

    @Override
    public boolean writes(Set<String> topics) {
        return !Collections.disjoint(sinks, topics);
    }

    @Override
    public boolean caughtUp() {
        return progress.caughtUp();
    }

    @Override
    public boolean emptiedSince(long since) {
        return progress.emptiedSince(partition -> true, since);
    }

    /** Name of the feature. */
    public String name() {
        return feature.name();
    }

    /** The feature itself. */
    public Feature feature() {
        return feature;
    }

    /** Its group, and the beginning of the names of its internal topics. */
    public String applicationId() {
        return StreamsProperties.applicationId(feature.name(), runtime);
    }

    /** What it runs. */
    public Topology topology() {
        return topology;
    }

    /** How it is. */
    public FeatureStatus status() {
        return state.status(feature.name());
    }

    /** What it stopped for, if it did. */
    public Optional<Throwable> failure() {
        return state.failure();
    }

    /**
     * The streams, made but not started if {@link #start} was not called.
     *
     * @throws StartException if the state directory is in use or cannot be written
     */
    public synchronized KafkaStreams streams() {
        if (streams == null) {
            streams = make();
        }
        return streams;
    }

    /** The streams, once they were made: whoever asks for state makes none. */
    Optional<KafkaStreams> made() {
        return Optional.ofNullable(streams);
    }

    /** Stops within the shutdown timeout of the settings. */
    @Override
    public void close() {
        close(runtime.shutdownTimeout());
    }

    /**
     * Commits what was processed and stops.
     *
     * @return whether that was done within the bound
     */
    public boolean close(Duration bound) {
        closing.countDown();
        state.closing();
        KafkaStreams stopping;
        synchronized (this) {
            stopping = streams;
        }
        boolean stopped = stopping == null || stopping.close(closeOptions(bound));
        state.closed();
        if (!stopped) {
            LOG.warn(
                    "{}: did not stop within {} ms; its stores will be restored at the next start",
                    name(),
                    bound.toMillis());
        }
        return stopped;
    }

    private KafkaStreams make() {
        try {
            Properties all = asProperties(properties);
            member.ifPresent(address -> all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address.toString()));
            KafkaStreams made = new KafkaStreams(topology, all, new ServiceClients());
            made.setUncaughtExceptionHandler(this::onFault);
            made.setStateListener((now, before) -> {
                LOG.info("{}: {}", name(), now);
                state.moved(now);
            });
            return made;
        } catch (KafkaException e) {
            throw new StartException(
                    "%s cannot start: %s (state directory %s; each process needs one of its own, %s)."
                            .formatted(
                                    name(),
                                    FaultKind.describe(e),
                                    runtime.state().directory().toAbsolutePath(),
                                    StateSettings.DIRECTORY.key()),
                    e);
        }
    }

    /** With a name of its own the member stays, so that a restart moves no task; without, others take over at once. */
    private CloseOptions closeOptions(Duration bound) {
        GroupMembershipOperation leaving = runtime.kafka().instanceId().isPresent()
                ? GroupMembershipOperation.REMAIN_IN_GROUP
                : GroupMembershipOperation.LEAVE_GROUP;
        return CloseOptions.timeout(bound).withGroupMembershipOperation(leaving);
    }

    private StreamThreadExceptionResponse onFault(Throwable fault) {
        if (closing.getCount() == 0) {
            LOG.debug("{}: fault while stopping", name(), fault);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.debug("{}: fault", name(), fault);
        FaultKind kind = FaultKind.of(fault);
        if (kind == FaultKind.PASSES) {
            return awaitRetry(fault);
        }
        if (state.failed(fault)) {
            String others = kind == FaultKind.STAYS ? "the other features go on" : "and the process with it";
            LOG.error("{}: stopped, {}: {}", name(), others, FaultKind.locate(fault));
            onStop.accept(this);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private StreamThreadExceptionResponse awaitRetry(Throwable fault) {
        faults.increment();
        Backoff.Pause pause;
        synchronized (backoff) {
            pause = backoff.after(System.nanoTime());
        }
        if (!pause.announced()) {
            LOG.warn(
                    "{}: waiting, will try again in {} ms: {}",
                    name(),
                    pause.length().toMillis(),
                    FaultKind.describe(fault));
        }
        state.waiting(1);
        try {
            boolean stopped = closing.await(pause.length().toNanos(), TimeUnit.NANOSECONDS);
            LOG.debug("{}: {}", name(), stopped ? "stopped while waiting" : "trying again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            state.waiting(-1);
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static Properties asProperties(Map<String, Object> properties) {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }
}
