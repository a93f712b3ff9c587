package io.weir.experiments.book;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.experiments.unit.Unit;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Experiments whose totals are gone, until every unit has forgotten them: a unit that did not know would take out of the
 * totals what is not in them any more, if the experiment came back.
 */
final class Departures {

    private static final Bytes KEY = ByteStores.key("departed");

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();
    /** The largest event time of each, milliseconds UTC: what units saw later is of its next life. */
    private final Map<String, Long> until = new HashMap<>();

    Departures(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        byte[] value = store.get(KEY);
        if (value != null) {
            ByteReader in = new ByteReader(value);
            int count = in.count();
            for (int i = 0; i < count; i++) {
                until.put(in.text(), in.signed());
            }
        }
    }

    void add(String experiment, long largestEventTime) {
        until.put(experiment, largestEventTime);
        out.varint(until.size());
        until.forEach((id, time) -> out.text(id).signed(time));
        store.put(KEY, out.take());
    }

    void applyTo(Unit unit) {
        until.forEach(unit::forgetIfSeenBy);
    }

    /** Every unit has been looked at. */
    void clear() {
        if (!until.isEmpty()) {
            until.clear();
            store.delete(KEY);
        }
    }
}
