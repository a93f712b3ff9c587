package io.weir.adspend;

import io.weir.adspend.MerchantInputs.Keyed;
import io.weir.adspend.hop.InputCodec;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Turns a record into the compact one that its merchant's writer takes in; what concerns no merchant, and a key whose value
 * was deleted, ends here.
 *
 * @param <V> class of the value
 */
final class ToMerchant<V> extends ContextualProcessor<String, V, String, byte[]> {

    private final Function<Record<String, V>, Optional<Keyed>> reading;
    private final InputCodec codec = new InputCodec();

    private ToMerchant(Function<Record<String, V>, Optional<Keyed>> reading) {
        this.reading = reading;
    }

    /** @param reading what of a record goes on; throws {@link io.weir.core.error.DataFaultException} to refuse it */
    static <V> ProcessorSupplier<String, V, String, byte[]> by(Function<Record<String, V>, Optional<Keyed>> reading) {
        return () -> new ToMerchant<>(reading);
    }

    @Override
    public void process(Record<String, V> record) {
        if (record.value() == null) {
            return;
        }
        reading.apply(record)
                .ifPresent(keyed ->
                        context().forward(record.withKey(keyed.merchantId()).withValue(codec.encode(keyed.input()))));
    }
}
