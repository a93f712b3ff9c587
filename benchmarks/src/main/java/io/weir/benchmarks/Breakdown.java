package io.weir.benchmarks;

import java.util.Map;

/**
 * Where the work of a run went.
 *
 * @param cpuSeconds CPU time of the service by feature, and of all threads that are no feature's (JIT, garbage collection, RocksDB)
 * @param written what was written, by topic without the prefix of the run
 */
record Breakdown(Map<String, Double> cpuSeconds, Map<String, Written> written) {

    /** Nothing is known of it. */
    static final Breakdown NONE = new Breakdown(Map.of(), Map.of());

    /**
     * What was written to a topic.
     *
     * @param records and markers of transactions
     * @param bytes on disk, less what was compacted
     */
    record Written(long records, long bytes) {

        /** Both together. */
        Written and(Written other) {
            return new Written(records + other.records, bytes + other.bytes);
        }
    }
}
