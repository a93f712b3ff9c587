package io.weir.core.error;

import io.weir.core.feature.Build;
import io.weir.core.time.StreamClock;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.MessageHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** Makes dead letters of records that the runtime, not intake, has to give up on. Handed to the handlers as a property. */
public final class DeadLetters {

    /** Property of the stream that holds the one instance. */
    public static final String PROPERTY = "weir.dead-letters";

    private final String topic;
    private final Serializer<DeadLetter> serializer;
    private final StreamClock clock;

    /**
     * @param topic name of the dead-letter topic in this deployment
     * @param clock dates the refusal
     */
    public DeadLetters(String topic, Serializer<DeadLetter> serializer, StreamClock clock) {
        this.topic = topic;
        this.serializer = serializer;
        this.clock = clock;
    }

    static DeadLetters of(Map<String, ?> properties) {
        return (DeadLetters) properties.get(PROPERTY);
    }

    /** The dead letter of a record, ready to be produced; its key is the position it was read from. */
    ProducerRecord<byte[], byte[]> refuse(
            ErrorHandlerContext context, byte[] key, byte[] value, DeadLetterReason reason, String message) {
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason(reason)
                .setMessage(message)
                .setSourceTopic(context.topic())
                .setSourcePartition(context.partition())
                .setSourceOffset(context.offset())
                .setSourceTimestamp(Instant.ofEpochMilli(context.timestamp()))
                .setHeaders(headers(context.headers()))
                .setKey(wrap(key))
                .setValue(wrap(value))
                .setRefusedBy(Build.version())
                .setRefusedAt(Instant.ofEpochMilli(clock.millis()))
                .build();
        String position = context.topic() + "-" + context.partition() + "-" + context.offset();
        return new ProducerRecord<>(
                topic,
                null,
                context.timestamp(),
                position.getBytes(StandardCharsets.UTF_8),
                serializer.serialize(topic, letter));
    }

    /** The headers of a record, as a dead letter keeps them. */
    public static List<MessageHeader> headers(Headers headers) {
        List<MessageHeader> kept = new ArrayList<>();
        for (Header header : headers) {
            kept.add(new MessageHeader(header.key(), wrap(header.value())));
        }
        return kept;
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
