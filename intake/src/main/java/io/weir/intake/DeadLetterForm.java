package io.weir.intake;

import io.weir.core.error.DeadLetters;
import io.weir.core.feature.Build;
import io.weir.intake.admission.RawMessage;
import io.weir.intake.admission.Refused;
import io.weir.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** What a refusal looks like as a dead letter. */
public final class DeadLetterForm {

    /** Header of a raw record that was put back: how often, in decimal digits, ASCII. */
    public static final String REPLAYS_HEADER = "weir-replays";

    private static final int LONGEST_NUMBER = 9;

    private DeadLetterForm() {}

    /**
     * Fills it in.
     *
     * @param refusedAt millis since the epoch, UTC
     */
    static DeadLetter of(RawMessage raw, Refused refused, long refusedAt) {
        return DeadLetter.newBuilder()
                .setReason(refused.reason())
                .setMessage(refused.message())
                .setField(refused.field())
                .setPlanSchema(refused.planSchema())
                .setPlanVersion(refused.planVersion())
                .setEventId(refused.eventId())
                .setEventName(emptyToNull(refused.label().eventName()))
                .setSourceTopic(raw.topic())
                .setSourcePartition(raw.partition())
                .setSourceOffset(raw.offset())
                .setSourceTimestamp(Instant.ofEpochMilli(raw.timestamp()))
                .setHeaders(DeadLetters.headers(raw.headers()))
                .setKey(wrap(raw.key()))
                .setValue(wrap(refused.value()))
                .setReplays(replays(raw.headers()))
                .setRefusedBy(Build.version())
                .setRefusedAt(Instant.ofEpochMilli(refusedAt))
                .build();
    }

    /** The key of a dead letter: the event's id, or its position in the raw log. */
    static byte[] key(RawMessage raw, Refused refused) {
        String id = refused.eventId();
        String key = id == null || id.isEmpty() ? raw.topic() + "-" + raw.partition() + "-" + raw.offset() : id;
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** How often a raw record has been put back; 0 where the header is missing or no number. */
    static int replays(Headers headers) {
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

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
