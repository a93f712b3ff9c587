package io.weir.core.feature;

import io.weir.core.state.StoreNote;
import io.weir.core.topic.Topic;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.StreamsBuilder;

/**
 * One of Weir's five parts: a topology of its own, which runs as a {@code KafkaStreams} of its own. Features know core
 * and schemas, never each other.
 */
public interface Feature {

    /** Short name, also the end of the application id, such as {@code intake}. */
    String name();

    /**
     * Reads what it needs besides its settings, such as a tracking plan, and begins to build what is slow to build, so
     * that a fault shows before anything runs.
     *
     * @throws io.weir.core.settings.SettingsException if that is wrong; one sentence
     */
    default void prepare() {}

    /** Adds the whole topology. Free of side effects: no connection is made and no file is read or written. */
    void addTo(StreamsBuilder builder);

    /** Names, in this deployment, of the topics it reads, its own internal ones not among them. */
    Set<String> sources();

    /**
     * Whether its sources must have the same number of partitions, because it looks at records of one key from all of them
     * together. Not if it re-keys them first.
     */
    default boolean needsEqualPartitions() {
        return true;
    }

    /** Topics that it writes. */
    Set<Topic<?>> sinks();

    /** What its stores hold, for how long, and how large they get. */
    List<StoreNote> stores();
}
