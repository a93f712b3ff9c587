package io.weir.sessionizer.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads which visitors customers were. */
public final class Customers {

    private static final Comparator<CustomerVisitor> RECENT_FIRST =
            Comparator.comparingLong(CustomerVisitor::last).reversed().thenComparing(CustomerVisitor::visitorId);

    /** Visitors of one customer that a query looks at: a test account that every browser shares must not stop it. */
    private static final int MOST_READ = 10_000;

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;

    /** @param store the store {@link CustomerStore#NAME}, of one task or of all tasks of this instance */
    public Customers(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * The most recent visitors of a customer with their intervals; of a customer with more than 10 000 visitors, the most
     * recent of some 10 000.
     *
     * @param limit number of visitors at most
     */
    public CustomerVisitors of(String customerId, int limit) {
        List<CustomerVisitor> visitors = new ArrayList<>();
        boolean all;
        try (KeyValueIterator<Bytes, byte[]> entries =
                store.range(CustomerStore.from(customerId), CustomerStore.to(customerId))) {
            while (visitors.size() < MOST_READ && entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                visitors.add(new CustomerVisitor(
                        CustomerStore.visitor(entry.key), IdentityCodec.decodeIntervals(entry.value)));
            }
            all = !entries.hasNext();
        }
        return new CustomerVisitors(
                visitors.stream().sorted(RECENT_FIRST).limit(limit).toList(), all && visitors.size() <= limit);
    }
}
