package io.weir.core.serde;

import io.weir.schemas.DeadLetterReason;
import org.apache.kafka.common.errors.SerializationException;

/** The bytes of a record cannot become what its topic promises, now or later. */
public final class UnreadableRecordException extends SerializationException {

    private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;

    /** @param message one sentence, for the dead letter */
    public UnreadableRecordException(DeadLetterReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What the dead letter says. */
    public DeadLetterReason reason() {
        return reason;
    }
}
