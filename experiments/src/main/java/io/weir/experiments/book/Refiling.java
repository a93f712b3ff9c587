package io.weir.experiments.book;

import io.weir.core.state.ByteStores;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counting all units of a task anew, some at a time, after a definition has changed. It goes on where it was after a restart.
 * Another definition meanwhile makes it begin again.
 */
final class Refiling {

    private static final Bytes KEY = ByteStores.key("refile");
    private static final byte[] FROM_THE_START = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final UnitStore units;
    /** The last unit that was looked at; null if there is nothing to do. */
    private byte[] last;

    Refiling(KeyValueStore<Bytes, byte[]> store, UnitStore units) {
        this.store = store;
        this.units = units;
        this.last = store.get(KEY);
    }

    void begin() {
        keep(FROM_THE_START);
    }

    boolean isOver() {
        return last == null;
    }

    /** The units that are next; none if there is nothing to do. */
    List<String> next(int most) {
        if (last == null) {
            return List.of();
        }
        String id = last.length == 0 ? null : new String(last, StandardCharsets.UTF_8);
        List<String> ids = units.after(id, most);
        keep(ids.isEmpty() ? null : ids.get(ids.size() - 1).getBytes(StandardCharsets.UTF_8));
        return ids;
    }

    private void keep(byte[] id) {
        last = id;
        if (id == null) {
            store.delete(KEY);
        } else {
            store.put(KEY, id);
        }
    }
}
