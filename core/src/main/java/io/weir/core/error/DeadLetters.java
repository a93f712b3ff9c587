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

    /** Header of a record that was put back: how often, in decimal digits, ASCII. */
    public static final String REPLAYS_HEADER = "weir-replays";

    /** Property of the stream that holds the one instance. */
    public static final String PROPERTY = "weir.dead-letters";

    /**
     * Bytes of a value that a letter holds. A source topic may allow more than the producer sends in one request (8 MiB),
     * and a letter that cannot be sent would stop the stream at the message that it is about.
     */
    private static final int LONGEST_VALUE = 4 * 1024 * 1024;
    /** Bytes of a key that a letter holds, and of all headers together. */
    private static final int LONGEST_KEY = 1024 * 1024;

    private static final int LONGEST_NUMBER = 9;

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
                .setKey(key(key))
                .setValue(value(value))
                .setCut(isCut(key, value, context.headers()))
                .setReplays(replays(context.headers()))
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

    /** The headers of a record, as a dead letter keeps them: none if they are too long to be sent. */
    public static List<MessageHeader> headers(Headers headers) {
        if (length(headers) > LONGEST_KEY) {
            return List.of();
        }
        List<MessageHeader> kept = new ArrayList<>();
        for (Header header : headers) {
            kept.add(new MessageHeader(header.key(), beginning(header.value(), LONGEST_KEY)));
        }
        return kept;
    }

    /** The key of a record, as a dead letter keeps it: its beginning if it is too long to be sent. */
    public static ByteBuffer key(byte[] key) {
        return beginning(key, LONGEST_KEY);
    }

    /** The value of a record, as a dead letter keeps it: its beginning if it is too long to be sent. */
    public static ByteBuffer value(byte[] value) {
        return beginning(value, LONGEST_VALUE);
    }

    /** Whether any of them is too long to be kept whole. */
    public static boolean isCut(byte[] key, byte[] value, Headers headers) {
        return length(key) > LONGEST_KEY || length(value) > LONGEST_VALUE || length(headers) > LONGEST_KEY;
    }

    /** How often a record has been put back; 0 where the header is missing or no number. */
    public static int replays(Headers headers) {
        Header header = headers.lastHeader(REPLAYS_HEADER);
        if (header == null || header.value() == null) {
            return 0;
        }
        String digits = new String(header.value(), StandardCharsets.US_ASCII);
        boolean number = !digits.isEmpty()
                && digits.length() <= LONGEST_NUMBER
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : 0;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static long length(Headers headers) {
        long length = 0;
        for (Header header : headers) {
            length += header.key().length() + length(header.value());
        }
        return length;
    }

    private static ByteBuffer beginning(byte[] bytes, int longest) {
        return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, longest));
    }
}
