package io.weir.topology.batch;

import java.util.SortedMap;

/**
 * What became of the messages of one source.
 *
 * @param read events read, after unpacking batches; a message that cannot be decoded is one
 * @param accepted events by kind
 * @param late accepted events that came later than intake's threshold
 * @param duplicates events that had been accepted before
 * @param deadLetters events refused, by reason
 */
record SourceCounts(
        long read, SortedMap<String, Long> accepted, long late, long duplicates, SortedMap<String, Long> deadLetters) {

    /** Whether every event that was read became one of the three. */
    boolean balanced() {
        return read == sum(accepted) + duplicates + sum(deadLetters);
    }

    static long sum(SortedMap<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
