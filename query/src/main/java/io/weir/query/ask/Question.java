package io.weir.query.ask;

import io.weir.query.state.Partition;
import tools.jackson.databind.JsonNode;

/**
 * What can be asked of one partition of a feature's state. It has the same name in every process.
 *
 * @param name unique
 * @param feature whose state
 * @param store by whose partitions keys are placed
 * @param answering what answers
 */
public record Question(String name, String feature, String store, Answering answering) {

    /** Answers from a partition. */
    @FunctionalInterface
    public interface Answering {

        /**
         * Answers; what knows nothing answers null or an empty array.
         *
         * @throws org.apache.kafka.streams.errors.InvalidStateStoreException if the partition has moved away
         */
        JsonNode answer(Partition partition, Arguments arguments);
    }
}
