package io.weir.topology.cli;

import io.weir.core.json.AvroJson;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.topic.Topic;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.MessageHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** A record as the line that is printed of it. */
@FunctionalInterface
interface RecordLines {

    /**
     * One line, without its end.
     *
     * @throws io.weir.core.serde.UnreadableRecordException if the record is not what its topic promises
     */
    String line(ConsumerRecord<byte[], byte[]> message);

    /**
     * Of a topic of ours: the value as JSON.
     *
     * @param raw whether dead letters keep what may be personal
     */
    static <V extends SpecificRecord> RecordLines of(Topic<V> topic, AvroSerdes serdes, boolean raw) {
        Deserializer<V> values = serdes.deserializer(topic.type());
        return message -> {
            V value = values.deserialize(message.topic(), message.value());
            return AvroJson.write(raw || !(value instanceof DeadLetter letter) ? value : redacted(letter));
        };
    }

    /** Of any other topic: the bytes of the value, taken for UTF-8. */
    static RecordLines asTheyAre() {
        return message -> new String(message.value(), StandardCharsets.UTF_8)
                .replace('\n', ' ')
                .replace('\r', ' ');
    }

    private static DeadLetter redacted(DeadLetter letter) {
        List<MessageHeader> names = letter.getHeaders().stream()
                .map(header -> new MessageHeader(header.getKey(), null))
                .toList();
        return DeadLetter.newBuilder(letter)
                .setKey(null)
                .setValue(null)
                .setHeaders(names)
                .build();
    }
}
