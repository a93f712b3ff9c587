package io.weir.fraud;

import io.weir.core.serde.KeptRecords;
import io.weir.fraud.alert.AlertStore;
import io.weir.schemas.FraudAlert;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/** Keeps what is said of alerts, wherever they come from, for those who ask later. */
final class AlertKeeper implements Processor<String, byte[], Void, Void> {

    private final KeptRecords<FraudAlert> records;
    private AlertStore store;

    private AlertKeeper(KeptRecords<FraudAlert> records) {
        this.records = records;
    }

    /**
     * Makes them.
     *
     * @param records as alerts are kept
     * @param retention how long
     */
    record Supplier(KeptRecords<FraudAlert> records, Duration retention)
            implements ProcessorSupplier<String, byte[], Void, Void> {

        @Override
        public Processor<String, byte[], Void, Void> get() {
            return new AlertKeeper(records);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(AlertStore.builder(retention));
        }
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = new AlertStore(context.getStateStore(AlertStore.NAME));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        store.put(records.decode(record.value()), record.value());
    }
}
