package io.weir.topology.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Holds records back until every assigned partition that has any has delivered some, then hands them out together.
 *
 * <p>A task takes the record with the smallest timestamp among its partitions; where timestamps are equal, the partition
 * that filled first wins. Which one that is depends on the order in which the broker answered, unless all begin at once.
 * Afterwards a task waits by itself for a partition that ran dry and has more, so the order stays determined.
 */
final class EvenStartConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> held = new TreeMap<>(BY_NAME);
    private final Map<TopicPartition, OffsetAndMetadata> heldOffsets = new LinkedHashMap<>();
    /** End offsets of the partitions that have not delivered yet. */
    private final Map<TopicPartition, Long> awaited = new LinkedHashMap<>();

    private Set<TopicPartition> seen = Set.of();

    EvenStartConsumer(Map<String, Object> config) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
        noteAssignment();
        if (awaited.isEmpty() && held.isEmpty()) {
            return polled;
        }
        hold(polled);
        awaited.entrySet().removeIf(partition -> position(partition.getKey()) >= partition.getValue());
        return awaited.isEmpty() ? release() : ConsumerRecords.empty();
    }

    private void noteAssignment() {
        Set<TopicPartition> assigned = assignment();
        if (assigned.equals(seen)) {
            return;
        }
        Set<TopicPartition> added = new HashSet<>(assigned);
        added.removeAll(seen);
        seen = Set.copyOf(assigned);
        held.keySet().retainAll(seen);
        heldOffsets.keySet().retainAll(seen);
        awaited.keySet().retainAll(seen);
        awaited.putAll(endOffsets(added));
    }

    private void hold(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            held.computeIfAbsent(partition, key -> new ArrayList<>()).addAll(polled.records(partition));
            awaited.remove(partition);
        }
        heldOffsets.putAll(polled.nextOffsets());
    }

    private ConsumerRecords<byte[], byte[]> release() {
        ConsumerRecords<byte[], byte[]> together =
                new ConsumerRecords<>(new LinkedHashMap<>(held), new LinkedHashMap<>(heldOffsets));
        held.clear();
        heldOffsets.clear();
        return together;
    }
}
