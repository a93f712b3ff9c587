package io.weir.adspend.merchant;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Merchants. Key: merchant id, UTF-8. Value: as {@link Merchant} lays it out. Every interaction reads its merchant and few
 * change it, so those used last are kept decoded.
 */
final class MerchantStore {

    static final String NAME = "adspend-merchants";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "merchant id (UTF-8)",
            "budgets, today, last closed day, state of each cap, in bytes laid out by hand",
            "for ever; budgets until 35 days after another has replaced them",
            "100 bytes for each merchant, 40 for each budget, 20 for each campaign",
            "no: written when a cap changes its state, and those used last are kept decoded");

    /** Kept decoded for each task: a few KB each, with a hundred campaigns some 20. */
    private static final int RECENT = 2_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();
    private final Map<String, Merchant> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Merchant> eldest) {
            return size() > RECENT;
        }
    };

    MerchantStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME);
    }

    /** The merchant; a new one where nothing is known. Who changes it must {@link #put} it. */
    Merchant get(String id) {
        Merchant decoded = recent.get(id);
        if (decoded == null) {
            byte[] value = store.get(ByteStores.key(id));
            decoded = value == null ? new Merchant(id) : Merchant.decode(id, value);
            recent.put(id, decoded);
        }
        return decoded;
    }

    void put(Merchant merchant) {
        store.put(ByteStores.key(merchant.id()), merchant.encode(out));
        recent.put(merchant.id(), merchant);
    }
}
