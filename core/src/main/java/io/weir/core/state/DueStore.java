package io.weir.core.state;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When to look at what again. Key: time (8 bytes, big-endian), id (UTF-8). Value: one byte that says nothing. An event does
 * not move a timer; whoever a timer wakes looks whether anything is due, and sets the next.
 */
public final class DueStore {

    private static final byte[] NOTHING = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();
    /** Nothing is due before this: what has been deleted is not walked again. */
    private long from;

    /** @param store as {@link ByteStores#persistent} builds it */
    public DueStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * Something that is due.
     *
     * @param at milliseconds UTC
     * @param id of what is to be looked at
     */
    public record Due(long at, String id) {}

    /**
     * Sets a timer.
     *
     * @param at milliseconds UTC, not before 1970
     * @param id of what is to be looked at
     */
    public void set(long at, String id) {
        store.put(key(at, id), NOTHING);
        from = Math.min(from, at);
    }

    /**
     * Takes out what is due, in order of time and id.
     *
     * @param before milliseconds UTC
     * @param most so many at once
     */
    public List<Due> take(long before, int most) {
        if (from >= before) {
            return List.of();
        }
        List<Due> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(bound(from), bound(before))) {
            while (range.hasNext() && due.size() < most) {
                due.add(due(range.next().key));
            }
        }
        for (Due one : due) {
            store.delete(key(one.at(), one.id()));
        }
        from = due.size() < most ? before : due.get(most - 1).at();
        return due;
    }

    private Bytes key(long at, String id) {
        return Bytes.wrap(
                out.fixed(at).bytes(id.getBytes(StandardCharsets.UTF_8)).take());
    }

    private Bytes bound(long at) {
        return Bytes.wrap(out.fixed(at).take());
    }

    /** What a key of the store says. */
    public static Due due(Bytes key) {
        byte[] bytes = key.get();
        String id = new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8);
        return new Due(new ByteReader(bytes).fixed(), id);
    }
}
