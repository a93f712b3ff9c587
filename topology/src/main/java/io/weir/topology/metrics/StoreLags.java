package io.weir.topology.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how much of the changelogs a process still has to read into its stores: what a restore has left, and how far copies are
 * behind. Looked at now and then, and not when somebody asks for metrics: the broker is asked for it.
 */
final class StoreLags implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreLags.class);
    /** Each look costs a round trip for the ends of all changelogs; a restore that matters takes longer. */
    private static final long SECONDS_BETWEEN = 5;

    private final MeterRegistry registry;
    private final Map<KafkaStreams, Double> behind = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "weir-store-lags");
        made.setDaemon(true);
        return made;
    });

    StoreLags(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows it for a feature until that is closed. */
    AutoCloseable watch(Tags feature, KafkaStreams streams) {
        Gauge gauge = Gauge.builder("weir.stores.behind", behind, all -> all.getOrDefault(streams, Double.NaN))
                .description("Records of changelogs that are still to be read into the stores of this process")
                .tags(feature)
                .register(registry);
        ScheduledFuture<?> looks =
                thread.scheduleWithFixedDelay(() -> look(streams), SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
        return () -> {
            looks.cancel(false);
            behind.remove(streams);
            registry.remove(gauge);
        };
    }

    private void look(KafkaStreams streams) {
        try {
            behind.put(streams, (double) streams.allLocalStorePartitionLags().values().stream()
                    .flatMap(store -> store.values().stream())
                    .mapToLong(LagInfo::offsetLag)
                    .sum());
        } catch (IllegalStateException | KafkaException e) {
            // Not started yet, stopped, or the broker does not answer: then nobody knows.
            LOG.debug("How far the stores are behind is not known", e);
            behind.remove(streams);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
