package io.weir.experiments.book;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.experiments.unit.Unit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Units. Key: visitor or customer id, UTF-8. Value: as {@link Unit} lays it out. */
public final class UnitStore {

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();

    UnitStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreNote note(String name) {
        return new StoreNote(
                name,
                "visitor or customer id (UTF-8)",
                "first exposures, conversions, what it adds, in bytes laid out by hand",
                "conversions: the longest window and the lateness; exposures: until the experiment's end, or the unit's"
                        + " retention",
                "75 MB for a million units of one experiment, every other of which has ordered",
                "no: many keys, each written a few times");
    }

    Unit get(String id) {
        byte[] value = store.get(ByteStores.key(id));
        return value == null ? new Unit() : Unit.decode(value);
    }

    void put(String id, Unit unit) {
        if (unit.isEmpty()) {
            store.delete(ByteStores.key(id));
        } else {
            store.put(ByteStores.key(id), unit.encode(out));
        }
    }

    /** Ids after this one, in their order; null for all of them. */
    List<String> after(String id, int most) {
        List<String> ids = new ArrayList<>();
        // The smallest key that is larger: the same, and a zero.
        Bytes from = id == null ? null : Bytes.wrap((id + '\0').getBytes(StandardCharsets.UTF_8));
        try (KeyValueIterator<Bytes, byte[]> range = store.range(from, null)) {
            while (range.hasNext() && ids.size() < most) {
                ids.add(ByteStores.id(range.next().key));
            }
        }
        return ids;
    }
}
