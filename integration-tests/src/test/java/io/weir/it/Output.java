package io.weir.it;

import static org.awaitility.Awaitility.await;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What a deployment has put out so far, as a reader of committed records sees it: with Confluent's own deserializer and
 * generic records, so that nothing of Weir's own reads it.
 */
final class Output implements AutoCloseable {
    static final List<String> EVENTS = Stream.of(
                    "page-views",
                    "impressions",
                    "clicks",
                    "video",
                    "purchases",
                    "exposures",
                    "app-signals",
                    "interactions")
            .map("events."::concat)
            .toList();
    static final String SESSIONS = "sessions";
    static final String LATE = "sessions.late";
    static final String DEAD_LETTERS = "intake.dead-letters";
    static final String QUALITY = "intake.quality";
    static final String LEDGER = "adspend.ledger";
    static final String CAPS = "adspend.caps";
    static final String STATEMENTS = "adspend.statements";
    static final String COUNTS = "adspend.counts";
    static final String RESULTS = "experiments.results";
    static final String VERDICTS = "fraud.verdicts";
    static final String VISITOR_VERDICTS = "fraud.visitor-verdicts";
    static final List<String> ALERTS = Stream.of(
                    "clicks", "purchases", "integrity", "support", "app-health", "unrouted", "shadow")
            .map("fraud.alerts."::concat)
            .toList();

    private static final Duration POLL = Duration.ofMillis(200);

    private final Cluster cluster;
    private final String prefix;
    private final KafkaConsumer<String, Object> consumer;
    private final Set<TopicPartition> partitions;
    private final Map<String, List<GenericRecord>> records = new HashMap<>();

    /** @param prefix of the deployment's topics, which must be there */
    Output(Cluster cluster, String prefix) {
        this.cluster = cluster;
        this.prefix = prefix;
        this.consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                cluster.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                KafkaAvroDeserializer.class,
                "schema.registry.url",
                cluster.registry().url()));
        this.partitions = Stream.of(
                        EVENTS,
                        ALERTS,
                        List.of(SESSIONS, LATE, DEAD_LETTERS, QUALITY, LEDGER, CAPS, STATEMENTS, COUNTS, RESULTS),
                        List.of(VERDICTS, VISITOR_VERDICTS))
                .flatMap(List::stream)
                .flatMap(topic -> partitionsOf(prefix + topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
        consumer.assign(partitions);
    }

    /** A broker may know a topic a little later than it has said that it was created. */
    private List<PartitionInfo> partitionsOf(String topic) {
        return await("partitions of %s".formatted(topic))
                .until(() -> consumer.partitionsFor(topic), infos -> infos != null && !infos.isEmpty());
    }

    /** Reads on, up to all that is committed now. */
    Output refresh() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, Object> record : consumer.poll(POLL)) {
                String topic = record.topic().substring(prefix.length());
                records.computeIfAbsent(topic, name -> new ArrayList<>()).add((GenericRecord) record.value());
            }
        }
        return this;
    }

    /** Values of a topic, those of one key in their order; the name is without the prefix. */
    List<GenericRecord> of(String topic) {
        return records.getOrDefault(topic, List.of());
    }

    /** Where the features behind it are behind their topics, for a message that says why something is not there. */
    List<String> behind() {
        return cluster.behind(prefix.substring(0, prefix.length() - 1) + "-");
    }

    /** The events of all kinds. */
    List<GenericRecord> events() {
        return EVENTS.stream().flatMap(topic -> of(topic).stream()).toList();
    }

    /** What all of this amounts to. */
    Results results() {
        return Results.of(this);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
