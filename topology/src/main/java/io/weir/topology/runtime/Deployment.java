package io.weir.topology.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.settings.Settings;
import io.weir.core.time.InputProgress;
import io.weir.core.time.StreamClock;
import io.weir.core.topic.Topics;

/**
 * What all features of a process share.
 *
 * @param settings as the user wrote them
 * @param runtime the runtime's own, read from them
 * @param topics names in this deployment
 * @param serdes over the registry
 * @param clock by which results are given out
 * @param meters where everything counts
 */
public record Deployment(
        Settings settings,
        RuntimeSettings runtime,
        Topics topics,
        AvroSerdes serdes,
        StreamClock clock,
        MeterRegistry meters) {

    /**
     * Wires what the settings say; opens no connection.
     *
     * @throws io.weir.core.settings.SettingsException if a setting is wrong
     */
    public static Deployment of(Settings settings, StreamClock clock, MeterRegistry meters) {
        RuntimeSettings runtime = RuntimeSettings.of(settings);
        return new Deployment(
                settings,
                runtime,
                new Topics(runtime.kafka().topicPrefix()),
                new AvroSerdes(runtime.registry().open()),
                clock,
                meters);
    }

    /** What a feature is given. */
    public FeatureContext context(InputProgress progress) {
        return new FeatureContext(settings, topics, serdes, clock, progress, meters);
    }
}
