package io.weir.it;

import static org.apache.kafka.common.IsolationLevel.READ_COMMITTED;
import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;
import static org.awaitility.Awaitility.await;

import io.weir.embedded.BrokerProcess;
import io.weir.embedded.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** A broker and a schema registry, each in a process of its own on 127.0.0.1. */
public final class Cluster implements AutoCloseable {
    private static final Duration START_BOUND = Duration.ofMinutes(2);

    private final Path folder;
    private final ApicurioRegistry registry;
    private final String bootstrapServers;
    private ChildProcess broker;
    private int starts;

    private Cluster(Path folder) {
        this.folder = folder;
        this.broker = brokerOnPort("0");
        this.registry = ApicurioRegistry.start(folder);
        this.bootstrapServers = broker.awaitLine(BrokerProcess.READY, START_BOUND);
    }

    /** A cluster that is ready to be used; what it keeps is deleted when it is closed. */
    public static Cluster start() {
        try {
            return new Cluster(Files.createTempDirectory(Path.of("target"), "cluster-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the broker; the same after it was killed and started again. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The registry. */
    public ApicurioRegistry registry() {
        return registry;
    }

    /** Creates a topic that keeps its records forever. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /** Creates a topic with configuration of its own. */
    public void createTopic(String name, int partitions, Map<String, String> config) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(config);
            admin.createTopics(List.of(topic)).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topic " + name + ".", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not create topic " + name + ".", e);
        }
    }

    /** Waits until a group has read all that is in its topics whose names contain a word, of which there are some. */
    public void awaitRead(String group, String word) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            await(group + " has read " + word).atMost(START_BOUND).until(() -> isRead(admin, group, word));
        }
    }

    /** A partition of which nothing was committed counts too: its task may have been assigned last. */
    private static boolean isRead(Admin admin, String group, String word) throws Exception {
        ConsumerGroupDescription description =
                admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        if (description.groupState() != GroupState.STABLE) {
            return false;
        }
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Set<String> topics = description.members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::topic)
                .filter(topic -> topic.contains(word))
                .collect(Collectors.toSet());
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                new HashMap<>(ends(admin, partitions(admin, topics), READ_UNCOMMITTED));
        ends.values().removeIf(end -> end.offset() == 0);
        return !ends.isEmpty()
                && ends.entrySet().stream()
                        .allMatch(end -> read.containsKey(end.getKey())
                                && read.get(end.getKey()).offset()
                                        >= end.getValue().offset());
    }

    private static Set<TopicPartition> partitions(Admin admin, Set<String> topics) throws Exception {
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
    }

    /**
     * Where the groups whose names begin alike are behind the ends of their topics: group, partition, what it has read,
     * what is committed there and what is written there.
     */
    public List<String> behind(String groupPrefix) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            List<String> behind = new ArrayList<>();
            for (GroupListing group : admin.listGroups().all().get()) {
                if (group.groupId().startsWith(groupPrefix)) {
                    behind.addAll(behind(admin, group.groupId()));
                }
            }
            return behind;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking at groups.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not look at groups.", e);
        }
    }

    private static List<String> behind(Admin admin, String group) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, ListOffsetsResultInfo> committed = ends(admin, read.keySet(), READ_COMMITTED);
        Map<TopicPartition, ListOffsetsResultInfo> written = ends(admin, read.keySet(), READ_UNCOMMITTED);
        return read.entrySet().stream()
                .filter(position -> position.getValue().offset()
                        < written.get(position.getKey()).offset())
                .map(position -> "%s %s: read %d, committed %d, written %d"
                        .formatted(
                                group,
                                position.getKey(),
                                position.getValue().offset(),
                                committed.get(position.getKey()).offset(),
                                written.get(position.getKey()).offset()))
                .sorted()
                .toList();
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> ends(
            Admin admin, Set<TopicPartition> partitions, IsolationLevel isolation)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        return admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all().get();
    }

    /** Kills the broker (SIGKILL). */
    public void killBroker() {
        broker.kill();
    }

    /** Starts the broker again, on the same port and data, and returns when clients can use it. */
    public void startBroker() {
        broker = brokerOnPort(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
        broker.awaitLine(BrokerProcess.READY, START_BOUND);
    }

    private ChildProcess brokerOnPort(String port) {
        return ChildProcess.java(BrokerProcess.class.getName())
                .jvmOptions("-Xmx512m", "-XX:+UseSerialGC")
                .arguments("--port", port, "--dir", folder.resolve("broker").toString())
                .output(folder.resolve("broker-%d.log".formatted(starts++)))
                .start();
    }

    @Override
    public void close() {
        registry.close();
        broker.kill();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
