package io.weir.core.error;

import io.weir.schemas.DeadLetterReason;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * A result that the broker refuses for its size alone is a dead letter; any other fault in writing stops the task, since
 * a result that was not written must not be taken for written.
 */
public final class ProductionFaults implements ProductionExceptionHandler {

    private DeadLetters letters;

    @Override
    public void configure(Map<String, ?> properties) {
        letters = DeadLetters.of(properties);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (!(exception instanceof RecordTooLargeException)) {
            return Response.fail();
        }
        String message =
                "A result for topic " + record.topic() + " is larger than the broker takes: " + exception.getMessage();
        return Response.resume(List.of(letters.refuse(
                context,
                context.sourceRawKey(),
                context.sourceRawValue(),
                DeadLetterReason.UNWRITABLE_EVENT,
                message)));
    }

    @Override
    public Response handleSerializationError(
            ErrorHandlerContext context,
            @SuppressWarnings("rawtypes") ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        return Response.fail();
    }
}
