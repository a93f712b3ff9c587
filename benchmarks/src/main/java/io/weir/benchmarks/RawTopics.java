package io.weir.benchmarks;

import io.weir.core.serde.AvroSerdes;
import io.weir.schemas.CollectedEvent;
import io.weir.traffic.Message;
import io.weir.traffic.Traffic;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Fills raw topics with made-up traffic before anything is measured. */
final class RawTopics {

    private final String bootstrapServers;

    RawTopics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** One Segment message a record; returns the number of events. */
    long fillSegmentJson(String topic, Traffic traffic) {
        return fillSegmentJson(topic, traffic.segmentJson());
    }

    /** The same of other messages. */
    long fillSegmentJson(String topic, Iterator<Message<byte[]>> messages) {
        return fill(topic, messages, Function.identity());
    }

    /** One collected event a record; returns the number of events. */
    long fillAvro(String topic, Traffic traffic, AvroSerdes serdes) {
        Serializer<CollectedEvent> serializer = serdes.serializer(CollectedEvent.class);
        return fill(topic, traffic.collectedEvents(), event -> serializer.serialize(topic, event));
    }

    private <V> long fill(String topic, Iterator<Message<V>> messages, Function<V, byte[]> encode) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 20, "batch.size", 256 * 1024, "acks", "1");
        long events = 0;
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            while (messages.hasNext()) {
                Message<V> message = messages.next();
                byte[] key = message.key() == null ? null : message.key().getBytes(StandardCharsets.UTF_8);
                var unused = producer.send(
                        new ProducerRecord<>(topic, null, message.appendedAt(), key, encode.apply(message.value())),
                        (position, fault) -> failure.compareAndSet(null, fault));
                events += message.labels().size();
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the raw topic could not be filled", failure.get());
        }
        return events;
    }
}
