package io.weir.core.error;

import io.weir.schemas.DeadLetterReason;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A fault of the data is a dead letter, and the next record is processed. Anything else is a bug, or something that is
 * away: going on would make results that are silently wrong, so the task stops and the runtime decides.
 */
public final class ProcessingFaults implements ProcessingExceptionHandler {

    private DeadLetters letters;

    @Override
    public void configure(Map<String, ?> properties) {
        letters = DeadLetters.of(properties);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (!(exception instanceof DataFaultException)) {
            return Response.fail();
        }
        return Response.resume(List.of(letters.refuse(
                context,
                context.sourceRawKey(),
                context.sourceRawValue(),
                DeadLetterReason.UNPROCESSABLE_EVENT,
                exception.getMessage())));
    }
}
