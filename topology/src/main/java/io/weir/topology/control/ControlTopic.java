package io.weir.topology.control;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.UnreadableRecordException;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes to a control topic.
 *
 * @param <V> class of its values
 */
public final class ControlTopic<V extends SpecificRecord> {

    private final Topic<V> topic;
    private final String name;
    private final AvroSerdes serdes;
    private final Map<String, ?> client;

    /**
     * Nothing is asked of the broker yet.
     *
     * @param topics names in this deployment
     * @param client properties of a client of the cluster
     */
    public ControlTopic(Topic<V> topic, Topics topics, AvroSerdes serdes, Map<String, ?> client) {
        this.topic = topic;
        this.name = topics.name(topic);
        this.serdes = serdes;
        this.client = client;
    }

    /** The name of the topic in this deployment. */
    public String name() {
        return name;
    }

    /**
     * The newest record of each key that can be read, without those that were deleted.
     *
     * @throws io.weir.core.serde.RegistryUnavailableException if the registry does not answer
     */
    public Map<String, V> current() {
        Map<String, V> current = new HashMap<>();
        try (Deserializer<V> deserializer = serdes.deserializer(topic.type())) {
            WholeTopic.forEach(client, name, message -> {
                String key = new String(message.key(), StandardCharsets.UTF_8);
                try {
                    current.put(key, message.value() == null ? null : deserializer.deserialize(name, message.value()));
                } catch (UnreadableRecordException e) {
                    // The features keep the one before it, too.
                }
            });
        }
        current.values().removeIf(Objects::isNull);
        return current;
    }

    /**
     * Writes records and returns when the cluster has all of them.
     *
     * @param key of a value
     * @param timestamp of every record, milliseconds UTC
     * @throws ControlTopicException if it does not take one
     * @throws io.weir.core.serde.SchemaNotRegisteredException if the registry does not know their schema; then nothing is
     *     written
     * @throws io.weir.core.serde.RegistryUnavailableException if the registry does not answer; then nothing is written
     */
    public void write(Collection<V> values, Function<V, String> key, long timestamp) {
        AtomicInteger written = new AtomicInteger();
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Serializer<V> serializer = serdes.serializer(topic.type());
                KafkaProducer<byte[], byte[]> producer = producer()) {
            for (V value : values) {
                if (failure.get() != null) {
                    // What one record meets, all will meet, each after a wait.
                    break;
                }
                byte[] id = key.apply(value).getBytes(StandardCharsets.UTF_8);
                send(
                        producer,
                        new ProducerRecord<>(name, null, timestamp, id, serializer.serialize(name, value)),
                        written,
                        failure);
            }
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
        if (failure.get() != null) {
            throw new ControlTopicException(
                    "%d of %d records were written to %s (%s): do it again when that is mended; what is there already does no harm"
                            .formatted(
                                    written.get(),
                                    values.size(),
                                    name,
                                    failure.get().getMessage()),
                    failure.get());
        }
    }

    /** The callback hears of failures. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            ProducerRecord<byte[], byte[]> message,
            AtomicInteger written,
            AtomicReference<Exception> failure) {
        producer.send(message, (sent, e) -> {
            if (e == null) {
                written.incrementAndGet();
            } else {
                failure.compareAndSet(null, e);
            }
        });
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        // 16 MiB: whether a record is too large is for the topic to say.
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 * 1024 * 1024);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
