package io.weir.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** How far a group is behind the ends of the topics that it reads. */
final class Lag {

    private final Admin admin;

    Lag(Admin admin) {
        this.admin = admin;
    }

    /** Records between what is committed and the ends; a transaction's marker may count as one for each partition. */
    long behind(String group, Collection<String> sources) throws ExecutionException, InterruptedException {
        return perPartition(group, sources).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private Map<TopicPartition, Long> perPartition(String group, Collection<String> sources)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, Long> behind = new HashMap<>();
        ends(sources).forEach((partition, end) -> {
            OffsetAndMetadata offset = committed.get(partition);
            behind.put(partition, Math.max(0, end - (offset == null ? 0 : offset.offset())));
        });
        return behind;
    }

    /** The same of the partition that is furthest behind. */
    long largest(String group, Collection<String> sources) throws ExecutionException, InterruptedException {
        return perPartition(group, sources).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** Ends of all partitions of some topics. */
    Map<TopicPartition, Long> ends(Collection<String> topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicDescription topic :
                admin.describeTopics(topics).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(partition ->
                            asked.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> answer =
                admin.listOffsets(asked).all().get();
        answer.forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /** What the members of a group have been assigned; nothing while they are being assigned. */
    List<String> topicsOf(String group) throws ExecutionException, InterruptedException {
        ConsumerGroupDescription description =
                admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        if (description.groupState() != GroupState.STABLE) {
            return List.of();
        }
        return description.members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::topic)
                .distinct()
                .toList();
    }

    /** Members of a group; -1 while its work is being assigned. */
    int members(String group) throws ExecutionException, InterruptedException {
        ConsumerGroupDescription description =
                admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        return description.groupState() == GroupState.STABLE
                ? description.members().size()
                : -1;
    }

    /** Sum of the offsets that a group has committed of a topic. */
    long committed(String group, String topic) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    /** The topics between the parts of an application. */
    Collection<String> repartitionTopics(String applicationId) throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(applicationId + "-") && name.endsWith("-repartition"))
                .toList();
    }
}
