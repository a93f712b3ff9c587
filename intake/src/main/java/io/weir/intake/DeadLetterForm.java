package io.weir.intake;

import io.weir.core.error.DeadLetters;
import io.weir.core.feature.Build;
import io.weir.intake.admission.RawMessage;
import io.weir.intake.admission.Refused;
import io.weir.schemas.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What a refusal looks like as a dead letter. */
public final class DeadLetterForm {

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
                .setKey(DeadLetters.key(raw.key()))
                .setValue(DeadLetters.value(refused.value()))
                .setCut(DeadLetters.isCut(raw.key(), refused.value(), raw.headers()))
                .setReplays(DeadLetters.replays(raw.headers()))
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

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
