package io.weir.topology.batch;

import io.weir.core.json.AvroJson;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.topic.Topic;
import io.weir.topology.control.WholeTopic;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Writes all records of a topic to a file, one JSON object a line, ordered by key, record time, partition, offset. */
final class TopicExport {

    private static final byte[] NO_KEY = {};

    private final String bootstrapServers;
    private final AvroSerdes serdes;
    private final Path scratch;

    /** @param scratch a directory for files that are needed meanwhile */
    TopicExport(String bootstrapServers, AvroSerdes serdes, Path scratch) {
        this.bootstrapServers = bootstrapServers;
        this.serdes = serdes;
        this.scratch = scratch;
    }

    /**
     * Exports a topic that nobody writes to any more.
     *
     * @param name its name in this deployment
     * @param file what is written; empty if the topic is
     * @param each sees every value, in the order of partitions and offsets
     */
    <V extends SpecificRecord> void export(Topic<V> topic, String name, Path file, Consumer<? super V> each) {
        Deserializer<V> values = serdes.deserializer(topic.type());
        Map<String, Object> client = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "batch-export");
        try (SortedLines lines = new SortedLines(scratch)) {
            WholeTopic.forEach(client, name, message -> {
                V value = values.deserialize(name, message.value());
                each.accept(value);
                lines.add(line(message, value));
            });
            lines.writeTo(file);
        }
    }

    private static SortedLines.Line line(ConsumerRecord<byte[], byte[]> message, SpecificRecord value) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(1024);
        AvroJson.write(value, text);
        byte[] key = message.key() == null ? NO_KEY : message.key();
        return new SortedLines.Line(
                key, message.timestamp(), message.partition(), message.offset(), text.toByteArray());
    }
}
