package io.weir.experiments;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Turns a record into what is counted; what concerns no experiment, and a key whose value was deleted, ends here.
 *
 * @param <V> class of the value
 * @param <R> class of what it is turned into
 */
final class Reading<V, R> extends ContextualProcessor<String, V, String, R> {

    private final Function<Record<String, V>, Optional<R>> reading;

    private Reading(Function<Record<String, V>, Optional<R>> reading) {
        this.reading = reading;
    }

    /** @param reading what of a record goes on; throws {@link io.weir.core.error.DataFaultException} to refuse it */
    static <V, R> ProcessorSupplier<String, V, String, R> by(Function<Record<String, V>, Optional<R>> reading) {
        return () -> new Reading<>(reading);
    }

    @Override
    public void process(Record<String, V> record) {
        if (record.value() != null) {
            reading.apply(record).ifPresent(read -> context().forward(record.withValue(read)));
        }
    }
}
