package io.weir.core.feature;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.settings.Settings;
import io.weir.core.time.InputProgress;
import io.weir.core.time.StreamClock;
import io.weir.core.topic.Topics;

/**
 * What a feature is given by whoever runs it.
 *
 * @param settings validated settings
 * @param topics names of the topics in this deployment
 * @param serdes serdes over the schema registry
 * @param clock when results are given out
 * @param progress whether a task has read all there is
 * @param meters where a feature counts
 * @param controls what control topics say when a task starts from nothing
 */
public record FeatureContext(
        Settings settings,
        Topics topics,
        AvroSerdes serdes,
        StreamClock clock,
        InputProgress progress,
        MeterRegistry meters,
        ControlRecords controls) {

    /** For a feature that is driven by hand. */
    public FeatureContext(
            Settings settings,
            Topics topics,
            AvroSerdes serdes,
            StreamClock clock,
            InputProgress progress,
            MeterRegistry meters) {
        this(settings, topics, serdes, clock, progress, meters, ControlRecords.NONE);
    }
}
