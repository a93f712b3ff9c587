package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.serde.Schemas;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.embedded.EmbeddedBroker;
import io.weir.topology.control.ControlTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** A real broker for commands that write control topics; deployments on it are told apart by their prefix. */
final class ControlBroker implements AutoCloseable {

    private final EmbeddedBroker broker;
    private final String registry;

    /** @param registry that no other test has */
    ControlBroker(String registry) {
        Schemas.trust();
        this.registry = registry;
        this.broker = EmbeddedBroker.builder().start();
    }

    /** What a deployment has before anything is applied. */
    void prepare(String prefix, Topic<?> topic) {
        createTopic(prefix, topic, Map.of());
        register(prefix);
    }

    void createTopic(String prefix, Topic<?> topic, Map<String, String> config) {
        broker.createTopics(Map.of(new Topics(prefix).name(topic), 1), config);
    }

    void register(String prefix) {
        assertThat(weir(prefix, "schemas", "register").exitCode()).isZero();
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Runs a command for a deployment. */
    Output weir(String prefix, String... command) {
        List<String> args = new ArrayList<>(List.of(command));
        Map<String, String> settings = Map.of(
                "weir.kafka.bootstrap-servers", broker.bootstrapServers(),
                "weir.registry.url", registry,
                "weir.topic-prefix", prefix);
        settings.forEach((key, value) -> args.addAll(List.of("--set", key + "=" + value)));
        return Output.of(args.toArray(String[]::new));
    }

    /** All that is in a topic. */
    <V extends SpecificRecord> List<Written<V>> read(String prefix, Topic<V> topic) {
        List<Written<V>> written = new ArrayList<>();
        String name = new Topics(prefix).name(topic);
        TopicPartition partition = new TopicPartition(name, 0);
        AvroSerdes serdes = new AvroSerdes(new SchemaRegistry(registry, Map.of(), false));
        try (Deserializer<V> values = serdes.of(topic).deserializer();
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
                    written.add(new Written<>(
                            new String(message.key(), StandardCharsets.UTF_8),
                            values.deserialize(name, message.value()),
                            message.timestamp()));
                }
            }
        }
        return written;
    }

    /** Writes as the owner of a topic does. */
    <V extends SpecificRecord> void write(String prefix, Topic<V> topic, List<V> values, Function<V, String> key) {
        AvroSerdes serdes = new AvroSerdes(new SchemaRegistry(registry, Map.of(), false));
        new ControlTopic<>(topic, new Topics(prefix), serdes, Map.of("bootstrap.servers", broker.bootstrapServers()))
                .write(values, key, 0);
    }

    @Override
    public void close() {
        broker.close();
    }

    /** A record of a control topic. */
    record Written<V>(String key, V value, long timestamp) {}
}
