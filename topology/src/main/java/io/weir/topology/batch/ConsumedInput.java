package io.weir.topology.batch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a feature is with what it reads: its sources and the topics between its own parts. */
public final class ConsumedInput {

    private static final String BETWEEN_PARTS = "-repartition";

    private final Admin admin;
    private final String applicationId;
    private final Set<String> sources;

    /**
     * @param applicationId of the feature
     * @param sources topics that it reads, its own internal ones not among them
     */
    public ConsumedInput(Admin admin, String applicationId, Set<String> sources) {
        this.admin = admin;
        this.applicationId = applicationId;
        this.sources = Set.copyOf(sources);
    }

    /**
     * What is left to read.
     *
     * @param consumed offsets that the feature has committed, of all partitions
     * @param available offsets up to which there is something to read, of all partitions
     */
    public record Progress(long consumed, long available) {

        /** Whether nothing is left. */
        public boolean complete() {
            return consumed >= available;
        }
    }

    /** Where the feature stands. Reading what is committed first makes "complete" mean complete. */
    public Progress progress() {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long consumed = 0;
            long available = 0;
            for (Map.Entry<TopicPartition, Long> partition : ends().entrySet()) {
                OffsetAndMetadata offset = committed.get(partition.getKey());
                // Of an empty topic nothing is ever committed; markers of transactions lie beyond the last record.
                consumed += offset == null ? 0 : Math.min(offset.offset(), partition.getValue());
                available += partition.getValue();
            }
            return new Progress(consumed, available);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException("The batch was interrupted.", e);
        } catch (ExecutionException e) {
            throw new BatchException(
                    "The embedded broker does not say how far " + applicationId + " is: "
                            + e.getCause().getMessage(),
                    e);
        }
    }

    /** Ends of what was written, committed or not: what is not committed yet is still to come. */
    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException {
        Set<String> names = admin.listTopics().names().get();
        Set<String> read = new HashSet<>(sources);
        names.stream()
                .filter(name -> name.startsWith(applicationId + "-") && name.endsWith(BETWEEN_PARTS))
                .forEach(read::add);
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicDescription topic :
                admin.describeTopics(read).allTopicNames().get().values()) {
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
}
