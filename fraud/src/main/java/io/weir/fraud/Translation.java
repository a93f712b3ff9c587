package io.weir.fraud;

import io.weir.fraud.hop.FraudInputCodec;
import java.util.function.BiFunction;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes or reads what passes through internal topics. A node of its own, since a codec is one thread's.
 *
 * @param <V> class of the value
 * @param <R> class of what it is turned into
 */
final class Translation<V, R> extends ContextualProcessor<String, V, String, R> {

    private final FraudInputCodec codec;
    private final BiFunction<FraudInputCodec, Record<String, V>, R> translate;

    private Translation(FraudInputCodec codec, BiFunction<FraudInputCodec, Record<String, V>, R> translate) {
        this.codec = codec;
        this.translate = translate;
    }

    static <V, R> ProcessorSupplier<String, V, String, R> by(
            FraudStores stores, BiFunction<FraudInputCodec, Record<String, V>, R> translate) {
        return () -> new Translation<>(stores.codec(), translate);
    }

    @Override
    public void process(Record<String, V> record) {
        context().forward(record.withValue(translate.apply(codec, record)));
    }
}
