package io.weir.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics on the embedded broker and waits until clients see them. */
final class TopicCreation {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 20;

    private TopicCreation() {}

    static void create(String bootstrapServers, Map<String, Integer> partitions, Map<String, String> configs) {
        Map<String, String> topicConfigs = new HashMap<>(configs);
        topicConfigs.putIfAbsent("retention.ms", "-1");
        List<NewTopic> topics = partitions.entrySet().stream()
                .map(topic -> new NewTopic(topic.getKey(), Optional.of(topic.getValue()), Optional.of((short) 1))
                        .configs(topicConfigs))
                .toList();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            CreateTopicsResult created = admin.createTopics(topics);
            for (Map.Entry<String, KafkaFuture<Void>> topic : created.values().entrySet()) {
                awaitCreated(topic.getKey(), topic.getValue());
            }
            awaitSeen(admin, partitions);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedBrokerException(
                    "Interrupted while the topics %s were created.".formatted(partitions.keySet()), e);
        }
    }

    private static void awaitCreated(String topic, KafkaFuture<Void> created) throws InterruptedException {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new EmbeddedBrokerException(
                        "Could not create the topic %s on the embedded broker: %s"
                                .formatted(topic, e.getCause().getMessage()),
                        e.getCause());
            }
        }
    }

    /** The controller has created them; the broker learns of it a moment later. */
    private static void awaitSeen(Admin admin, Map<String, Integer> partitions) throws InterruptedException {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (!allSeen(admin, partitions)) {
            if (System.nanoTime() > deadline) {
                throw new EmbeddedBrokerException("The topics %s are not all there after %s: look at the broker's log."
                        .formatted(partitions.keySet(), BOUND));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static boolean allSeen(Admin admin, Map<String, Integer> partitions) throws InterruptedException {
        try {
            return admin.describeTopics(partitions.keySet()).allTopicNames().get().values().stream()
                    .allMatch(topic -> topic.partitions().stream().allMatch(partition -> partition.leader() != null));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw new EmbeddedBrokerException(
                    "Could not see the topics %s on the embedded broker: %s"
                            .formatted(partitions.keySet(), e.getCause().getMessage()),
                    e.getCause());
        }
    }
}
