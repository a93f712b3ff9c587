package io.weir.topology.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.core.feature.Build;
import io.weir.topology.runtime.FeatureRun;
import io.weir.topology.runtime.FeatureStatus;
import java.util.List;

/** Everything that a process counts: the JVM, Kafka Streams by feature, and what Weir itself counts. */
public final class Meters implements AutoCloseable {

    /** Tag of everything that belongs to one feature. */
    private static final String FEATURE = "feature";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final StoreLags lags = new StoreLags(registry);

    /** Counts for the JVM and the process from the beginning. */
    public Meters() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        garbage.bindTo(registry);
        Gauge.builder("weir.build", () -> 1)
                .description("Always 1; the build is in the tag.")
                .tag("version", Build.version())
                .register(registry);
    }

    /** Where features count. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Shows how a feature is, and what its Kafka Streams measures. */
    public AutoCloseable watch(FeatureRun run) {
        Tag feature = Tag.of(FEATURE, run.name());
        Gauge.builder(
                        "weir.feature.running",
                        run,
                        watched -> watched.status().state() == FeatureStatus.State.RUNNING ? 1 : 0)
                .description("1 while the feature is running, else 0.")
                .tags(List.of(feature))
                .register(registry);
        KafkaStreamsMetrics streams = new KafkaStreamsMetrics(run.streams(), List.of(feature));
        streams.bindTo(registry);
        AutoCloseable lag = lags.watch(Tags.of(feature), run.streams());
        return () -> {
            lag.close();
            streams.close();
        };
    }

    /** All of it, in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        lags.close();
        garbage.close();
        registry.close();
    }
}
