package io.weir.topology.batch;

import io.weir.core.feature.Feature;
import io.weir.core.time.RecordedClock;
import io.weir.core.time.StreamClock.Stage;
import io.weir.topology.runtime.ConsumerProgress;
import io.weir.topology.runtime.Deployment;
import io.weir.topology.runtime.Features;
import io.weir.topology.runtime.StreamsProperties;
import io.weir.topology.terminal.Pauses;
import io.weir.topology.terminal.ProgressBar;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** One feature over all there is of its input, from the first record to the last result. Any fault ends it. */
final class FeaturePass implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(50);
    /** What has been committed and seen complete must stay so for as long as two punctuations take. */
    private static final Duration CALM = Duration.ofMillis(600);
    /** Longer than any compaction of RocksDB holds up a thread; then something hangs. */
    private static final Duration STALLED = Duration.ofMinutes(10);

    private static final Duration STOP_BOUND = Duration.ofMinutes(2);

    private final String name;
    private final RecordedClock clock;
    private final BatchClients clients = new BatchClients();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private final KafkaStreams streams;
    private final ConsumedInput input;

    /**
     * Makes the feature; nothing starts yet.
     *
     * @param deployment whose clock is {@code clock}
     */
    FeaturePass(Features.Entry entry, Deployment deployment, RecordedClock clock, Admin admin) {
        this.name = entry.name();
        this.clock = clock;
        ConsumerProgress progress = new ConsumerProgress();
        Feature feature = entry.make().apply(deployment.context(progress));
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(name, deployment, progress));
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        feature.addTo(builder);
        streams = new KafkaStreams(builder.build(properties), properties, clients);
        streams.setUncaughtExceptionHandler(this::onFault);
        input = new ConsumedInput(
                admin, StreamsProperties.applicationId(name, deployment.runtime()), feature.sources());
    }

    /**
     * Processes all there is and gives out every result.
     *
     * @return how long reading the input took
     * @throws BatchException if the feature fails
     */
    Duration run(ProgressBar shown) {
        start();
        long started = System.nanoTime();
        drain(shown);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        end(Stage.EVENTS, shown);
        end(Stage.TOTALS, shown);
        return took;
    }

    private void start() {
        streams.start();
        await("start", () -> streams.state() == KafkaStreams.State.RUNNING);
    }

    @Override
    public void close() {
        streams.close(CloseOptions.timeout(STOP_BOUND));
    }

    private void end(Stage stage, ProgressBar shown) {
        clock.end(stage);
        await("give out its results", () -> clock.settled(stage));
        drain(shown);
        // A task that got something meanwhile says so at its next punctuation.
        awaitCalm(() -> clock.settled(stage), shown);
    }

    private void awaitCalm(BooleanSupplier settled, ProgressBar shown) {
        long calmSince = System.nanoTime();
        while (System.nanoTime() - calmSince < CALM.toNanos()) {
            pause();
            if (!settled.getAsBoolean() || !complete(shown)) {
                calmSince = System.nanoTime();
            }
        }
    }

    private void drain(ProgressBar shown) {
        await("read its input", () -> complete(shown));
    }

    /** Nothing in a producer's hands, and then nothing left to read: what comes in between is seen by the second. */
    private boolean complete(ProgressBar shown) {
        boolean allCommitted = clients.allCommitted();
        ConsumedInput.Progress progress = input.progress();
        shown.at(progress.consumed(), progress.available());
        return allCommitted && progress.complete();
    }

    private void await(String what, BooleanSupplier condition) {
        long since = System.nanoTime();
        long consumed = -1;
        while (!condition.getAsBoolean()) {
            pause();
            long now = input.progress().consumed();
            if (now != consumed) {
                consumed = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STALLED.toNanos()) {
                throw new BatchException("%s: did not %s within %d minutes; run it again with --verbose to see why."
                        .formatted(name, what, STALLED.toMinutes()));
            }
        }
        check();
    }

    private void pause() {
        check();
        Pauses.pause(LOOK);
    }

    private void check() {
        Throwable thrown = fault.get();
        if (thrown != null) {
            throw new BatchException(name + ": stopped by a fault (" + innermost(thrown) + ").", thrown);
        }
    }

    private StreamThreadExceptionResponse onFault(Throwable thrown) {
        fault.compareAndSet(null, thrown);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        return cause;
    }
}
