package io.weir.core.feature;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.KeptRecords;
import io.weir.core.settings.Settings;
import io.weir.core.time.EndOfInput;
import io.weir.core.time.InputProgress;
import io.weir.core.time.StreamClock;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a feature is given by whoever runs it.
 *
 * @param settings validated settings
 * @param topics names of the topics in this deployment
 * @param serdes serdes over the schema registry
 * @param clock when results are given out
 * @param progress whether a task has read all there is
 * @param meters where a feature counts
 * @param end the largest event time of a recorded input, for all features alike
 * @param controls what control topics say when a task starts from nothing
 */
public record FeatureContext(
        Settings settings,
        Topics topics,
        AvroSerdes serdes,
        StreamClock clock,
        InputProgress progress,
        MeterRegistry meters,
        EndOfInput end,
        ControlRecords controls) {

    /** How records of a topic are kept in a store. */
    public <V extends SpecificRecord> KeptRecords<V> kept(Topic<V> topic) {
        return KeptRecords.of(topics, serdes, topic);
    }

    /** For a feature that is driven by hand. */
    public FeatureContext(
            Settings settings,
            Topics topics,
            AvroSerdes serdes,
            StreamClock clock,
            InputProgress progress,
            MeterRegistry meters) {
        this(settings, topics, serdes, clock, progress, meters, new EndOfInput(), ControlRecords.NONE);
    }
}
