package io.weir.sessionizer.identity;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The store {@code customers}: which visitors a customer was. Key: customer as {@link ByteWriter#keyPart}, then the
 * visitor as {@link ByteWriter#keyEnd}; value: the intervals, see {@link IdentityCodec}. An entry for each visitor, not
 * one value with all: a customer with thousands of visitors costs no more to change than one with a single visitor.
 *
 * <p>Not thread-safe: one per processor.
 */
public final class CustomerStore {

    /** Name of the store. */
    public static final String NAME = "customers";

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter keys = new ByteWriter();
    private final ByteWriter values = new ByteWriter();

    /** @param store as {@link #builder} made it */
    public CustomerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Makes the store. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME);
    }

    /** What the store holds. */
    public static StoreNote note(IdentitySettings settings) {
        return new StoreNote(
                NAME,
                "customer, 00, visitor",
                "intervals in which the visitor was the customer; at most " + IdentitySettings.MOST_LINKS,
                settings.retention().toDays() + " days after the last event; forgotten with the visitor's link",
                "0.7 MB where 10 000 visitors log in: 62 bytes each, 8 for each further interval",
                "no: as many keys as visitors who logged in, each written twice a session");
    }

    /** All that is known of a customer as one visitor, in place of what was known. */
    public void put(String customerId, CustomerVisitor visitor) {
        Bytes key =
                Bytes.wrap(keys.keyPart(customerId).keyEnd(visitor.visitorId()).take());
        store.put(key, visitor.intervals().isEmpty() ? null : IdentityCodec.encode(values, visitor.intervals()));
    }

    /** Which visitors customers were, in this partition. */
    public Customers customers() {
        return new Customers(store);
    }

    /** Not above any key of this customer. */
    static Bytes from(String customerId) {
        return Bytes.wrap(new ByteWriter().keyPart(customerId).take());
    }

    /** Above every key of this customer: no visitor's UTF-8 begins with FE. */
    static Bytes to(String customerId) {
        return Bytes.wrap(new ByteWriter().keyPart(customerId).put(0xfe).take());
    }

    static String visitor(Bytes key) {
        ByteReader in = new ByteReader(key.get());
        in.keyPart();
        return in.keyEnd();
    }
}
