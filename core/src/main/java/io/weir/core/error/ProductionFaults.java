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
 * a result that was not written must not be taken for written. So does anything that a topic of Kafka Streams' own refuses.
 */
public final class ProductionFaults implements ProductionExceptionHandler {

    /** What Kafka Streams calls its own topics. */
    private static final String CHANGELOG = "-changelog";

    private static final String REPARTITION = "-repartition";

    private DeadLetters letters;

    @Override
    public void configure(Map<String, ?> properties) {
        letters = DeadLetters.of(properties);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (!(exception instanceof RecordTooLargeException) || isInternal(record.topic())) {
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

    /** A store must not differ from its changelog, and what one half of a feature counted must reach the other. */
    private static boolean isInternal(String topic) {
        return topic.endsWith(CHANGELOG) || topic.endsWith(REPARTITION);
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
