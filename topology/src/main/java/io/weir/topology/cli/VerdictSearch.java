package io.weir.topology.cli;

import io.weir.core.topic.Topics;
import io.weir.schemas.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Looks for the verdicts on an event, through all that the topic still has. */
final class VerdictSearch {

    private static final Duration POLL = Duration.ofMillis(200);

    private VerdictSearch() {}

    /** One verdict for each merchant and visitor that have an event of this id. */
    static List<Verdict> of(Connection connection, String event) {
        String topic = connection.topics().name(Topics.VERDICTS);
        connection.requireTopic(topic);
        Map<List<String>, Verdict> found = new LinkedHashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        connection.clientConfig(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                Deserializer<Verdict> verdicts = connection.serdes().deserializer(Verdict.class)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    Verdict verdict = verdicts.deserialize(topic, message.value());
                    if (Objects.equals(verdict.getEventId(), event)) {
                        found.put(List.of(verdict.getVisitorId(), String.valueOf(verdict.getMerchantId())), verdict);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }
}
