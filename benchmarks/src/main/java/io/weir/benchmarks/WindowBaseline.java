package io.weir.benchmarks;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.topic.Topics;
import io.weir.schemas.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.state.SessionStore;

/**
 * What one would write without Weir: the DSL's session windows, and a count, over the same topics. Events are decoded by
 * our own serde, so that the two differ in what they do with them.
 */
final class WindowBaseline {

    private static final Duration GAP = Duration.ofMinutes(30);
    private static final Duration LATENESS = Duration.ofHours(1);

    private WindowBaseline() {}

    static Topology topology(Topics topics, AvroSerdes serdes, boolean cached) {
        Serde<String> visitor = Serdes.String();
        Serde<Event> event = serdes.of(Event.class);
        Materialized<String, Long, SessionStore<Bytes, byte[]>> counts =
                Materialized.<String, Long, SessionStore<Bytes, byte[]>>as("baseline-sessions")
                        .withKeySerde(visitor)
                        .withValueSerde(Serdes.Long());
        List<String> events = Topics.kinds().stream()
                .map(kind -> topics.name(Topics.of(kind)))
                .toList();
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(events, Consumed.with(visitor, event))
                .groupByKey(Grouped.with(visitor, event))
                .windowedBy(SessionWindows.ofInactivityGapAndGrace(GAP, LATENESS))
                .count(cached ? counts.withCachingEnabled() : counts.withCachingDisabled());
        return builder.build();
    }

    static Map<String, Object> properties(
            String applicationId, String bootstrapServers, String stateDirectory, int threads) {
        return Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                applicationId,
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                StreamsConfig.STATE_DIR_CONFIG,
                stateDirectory,
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                threads,
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                100,
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                128L * 1024 * 1024,
                "auto.offset.reset",
                "earliest");
    }
}
