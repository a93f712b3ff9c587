package io.weir.topology.runtime;

import io.weir.core.error.DeadLetters;
import io.weir.core.error.ProcessingFaults;
import io.weir.core.error.ProductionFaults;
import io.weir.core.error.UnreadableRecords;
import io.weir.core.state.RocksDbMemory;
import io.weir.core.topic.Topics;
import io.weir.schemas.DeadLetter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The properties of one feature's {@code KafkaStreams}. */
public final class StreamsProperties {

    /** A third of the shortest session timeout, and more often would only load the broker. */
    private static final int HEARTBEAT_MS = 3_000;

    /** Eight times Kafka's: a commit's records of one partition in one or two batches, a fifth of the CPU time less. */
    private static final int BATCH_BYTES = 128 * 1024;

    /** Features that commit less often than this have time to wait for more records; the others would ask all the time to no end. */
    private static final Duration PATIENT = Duration.ofMillis(200);
    /** So many fetches in a commit's interval, at most, from a broker that has little. */
    private static final int FETCHES_PER_COMMIT = 5;

    private static final int FETCH_BYTES = 64 * 1024;

    private StreamsProperties() {}

    /** The application id of a feature. */
    public static String applicationId(String feature, RuntimeSettings runtime) {
        return runtime.kafka().applicationPrefix() + "-" + feature;
    }

    /**
     * The properties: what may be tuned, over that what the user hands to Kafka's clients, over that what exactly-once,
     * dead letters and bounded memory depend on.
     */
    public static Map<String, Object> of(String feature, Deployment deployment, ConsumerProgress progress) {
        Map<String, Object> properties = new LinkedHashMap<>();
        FeatureSettings own = FeatureSettings.of(feature, deployment.settings());
        tuned(properties, deployment.runtime().kafka());
        batched(properties, own.commitInterval());
        properties.putAll(deployment.runtime().kafka().client());
        group(properties, feature, deployment.runtime());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, own.commitInterval().toMillis());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, own.threads());
        correctness(properties, deployment);
        state(properties, deployment.runtime());
        properties.putAll(progress.properties());
        return Collections.unmodifiableMap(properties);
    }

    private static void tuned(Map<String, Object> properties, KafkaSettings kafka) {
        properties.put(
                StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG,
                kafka.recordingLevel().name());
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.toIntExact(kafka.transactionTimeout().toMillis()));
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        if (kafka.groupProtocol() == KafkaSettings.GroupProtocol.CLASSIC) {
            properties.put(
                    StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                    Math.toIntExact(kafka.sessionTimeout().toMillis()));
            properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MS);
        }
        // A raw message may be 1 MiB, and its dead letter or its event is larger by what surrounds it.
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), TopicSettings.LARGEST_RECORD);
        properties.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(TopicSettings.LARGEST_RECORD));
        // Changelogs and repartition topics carry event times, which intake bounds; a broker would refuse those that
        // are more than an hour ahead of its clock.
        properties.put(
                StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
                Long.toString(Long.MAX_VALUE));
    }

    private static void batched(Map<String, Object> properties, Duration commitInterval) {
        // Nobody sees a record before its commit: until then it waits for others of its partition.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), commitInterval.toMillis());
        if (commitInterval.compareTo(PATIENT) >= 0) {
            // Else a broker answers each fetch with what the last commit of intake brought: 180 a second for each
            // thread.
            properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), FETCH_BYTES);
            properties.put(
                    StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
                    Math.toIntExact(commitInterval.toMillis() / FETCHES_PER_COMMIT));
        }
    }

    private static void group(Map<String, Object> properties, String feature, RuntimeSettings runtime) {
        KafkaSettings kafka = runtime.kafka();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(feature, runtime));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(
                StreamsConfig.GROUP_PROTOCOL_CONFIG, kafka.groupProtocol().written());
        kafka.instanceId()
                .ifPresent(id ->
                        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        if (kafka.groupProtocol() == KafkaSettings.GroupProtocol.CLASSIC) {
            properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, kafka.standbyReplicas());
        }
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.replicationFactor());
    }

    private static void correctness(Map<String, Object> properties, Deployment deployment) {
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // Optimizing merges and moves nodes, and with them the names that stores and internal topics are found by.
        properties.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UnreadableRecords.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFaults.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionFaults.class);
        properties.put(
                DeadLetters.PROPERTY,
                new DeadLetters(
                        deployment.topics().name(Topics.DEAD_LETTER),
                        deployment.serdes().serializer(DeadLetter.class),
                        deployment.clock()));
    }

    private static void state(Map<String, Object> properties, RuntimeSettings runtime) {
        StateSettings state = runtime.state();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.directory().toString());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, state.recordCacheBytes());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class);
        properties.put(RocksDbMemory.CACHE_BYTES, state.blockCacheBytes());
        properties.put(RocksDbMemory.WRITE_BUFFER_BYTES, state.writeBufferBytes());
    }
}
