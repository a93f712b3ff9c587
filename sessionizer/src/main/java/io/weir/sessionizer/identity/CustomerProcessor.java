package io.weir.sessionizer.identity;

import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Keeps, by customer, what {@link IdentityStore} said by visitor. All that is said of a visitor comes from one task, in
 * order, and each record says everything: the last one is right. Forwards nothing.
 */
public final class CustomerProcessor extends ContextualProcessor<String, CustomerVisitor, Void, Void> {

    private CustomerStore customers;

    /** Makes processors and brings their store. */
    public static final class Supplier implements ProcessorSupplier<String, CustomerVisitor, Void, Void> {

        @Override
        public Processor<String, CustomerVisitor, Void, Void> get() {
            return new CustomerProcessor();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(CustomerStore.builder());
        }
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(CustomerStore.NAME);
        customers = new CustomerStore(store);
    }

    @Override
    public void process(Record<String, CustomerVisitor> said) {
        customers.put(said.key(), said.value());
    }
}
