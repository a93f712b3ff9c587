package io.weir.core.error;

import io.weir.core.serde.UnreadableRecordException;
import io.weir.schemas.DeadLetterReason;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** A record that cannot be read is a dead letter, and the next one is read; a registry that is away stops the task. */
public final class UnreadableRecords implements DeserializationExceptionHandler {

    private DeadLetters letters;

    @Override
    public void configure(Map<String, ?> properties) {
        letters = DeadLetters.of(properties);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (Faults.passes(exception)) {
            return Response.fail();
        }
        DeadLetterReason reason = exception instanceof UnreadableRecordException unreadable
                ? unreadable.reason()
                : DeadLetterReason.UNREADABLE_EVENT;
        return Response.resume(
                List.of(letters.refuse(context, record.key(), record.value(), reason, exception.getMessage())));
    }
}
