package io.weir.topology.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.core.feature.ControlRecords;
import io.weir.core.feature.FeatureContext;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.settings.Settings;
import io.weir.core.time.EndOfInput;
import io.weir.core.time.InputProgress;
import io.weir.core.time.StreamClock;
import io.weir.core.topic.Topics;
import io.weir.fraud.FraudSettings;
import io.weir.topology.control.WrittenRecords;

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
        EndOfInput end,
        MeterRegistry meters) {

    /**
     * Wires what the settings say; opens no connection.
     *
     * @throws io.weir.core.settings.SettingsException if a setting is wrong
     */
    public static Deployment of(Settings settings, StreamClock clock, MeterRegistry meters) {
        return of(settings, clock, new EndOfInput(), meters);
    }

    /**
     * The same for one of the passes over a recorded input, which share how far it goes.
     *
     * @throws io.weir.core.settings.SettingsException if a setting is wrong
     */
    public static Deployment of(Settings settings, StreamClock clock, EndOfInput end, MeterRegistry meters) {
        RuntimeSettings runtime = RuntimeSettings.of(settings);
        return new Deployment(
                settings,
                runtime,
                topics(settings),
                new AvroSerdes(runtime.registry().open()),
                clock,
                end,
                meters);
    }

    /**
     * The topics that Weir owns, by the settings that say how they are called and which routes of alerts have one.
     *
     * @throws io.weir.core.settings.SettingsException if one is wrong
     */
    public static Topics topics(Settings settings) {
        return new Topics(settings.get(KafkaSettings.TOPIC_PREFIX), settings.get(FraudSettings.ROUTES));
    }

    /** What a feature is given; opens no connection. */
    public FeatureContext context(InputProgress progress) {
        ControlRecords controls =
                new WrittenRecords(topics, serdes, runtime.kafka().clientProperties());
        return new FeatureContext(settings, topics, serdes, clock, progress, meters, end, controls);
    }
}
