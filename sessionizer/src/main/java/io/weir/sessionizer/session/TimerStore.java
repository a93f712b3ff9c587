package io.weir.sessionizer.session;

import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * When to look at which visitor again. Key: time (8 bytes, big-endian), visitor id (UTF-8). Value: one byte that says
 * nothing. An event does not move a timer; whoever a timer wakes looks whether anything is due, and sets the next.
 */
final class TimerStore {

    static final String NAME = "session-timers";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "time that is due (8 bytes), visitor id (UTF-8)",
            "one byte",
            "until it is due: to close a session, then to remove it",
            "5 MB (one timer for each visitor within retention)",
            "no: written four times for each session, read in order");

    private static final byte[] NOTHING = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    /** No timer is due before this: what has been deleted is not walked again. */
    private long from;

    TimerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME);
    }

    /** @param due milliseconds UTC */
    record Timer(long due, String visitor) {

        private Bytes key() {
            byte[] name = visitor.getBytes(StandardCharsets.UTF_8);
            return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                    .putLong(due)
                    .put(name)
                    .array());
        }

        static Timer of(Bytes key) {
            byte[] bytes = key.get();
            return new Timer(
                    ByteBuffer.wrap(bytes).getLong(),
                    new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8));
        }
    }

    void set(long due, String visitor) {
        store.put(new Timer(due, visitor).key(), NOTHING);
        from = Math.min(from, due);
    }

    /**
     * Takes out what is due, in order of time and visitor.
     *
     * @param before milliseconds UTC
     * @param most so many at once
     */
    List<Timer> take(long before, int most) {
        if (from >= before) {
            return List.of();
        }
        List<Timer> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(bound(from), bound(before))) {
            while (range.hasNext() && due.size() < most) {
                due.add(Timer.of(range.next().key));
            }
        }
        for (Timer timer : due) {
            store.delete(timer.key());
        }
        from = due.size() < most ? before : due.get(most - 1).due();
        return due;
    }

    static Bytes bound(long due) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(due).array());
    }
}
