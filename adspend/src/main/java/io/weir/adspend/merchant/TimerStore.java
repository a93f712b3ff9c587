package io.weir.adspend.merchant;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.StoreNote;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** What the clock is to do, in the order of time. Key: as {@link Timer} lays it out. Value: one byte that says nothing. */
final class TimerStore {

    static final String NAME = "adspend-timers";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "time that is due (8 bytes), what to do, merchant id, day or minute, campaign",
            "one byte",
            "until it is due",
            "50 bytes for each campaign's minute at hand and four for each merchant's day",
            "no: written once, read in order");

    private static final byte[] NOTHING = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();
    /** No timer is due before this: what has been deleted is not walked again. */
    private long from;

    TimerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return AdspendStores.builder(NAME);
    }

    /** Sets a timer; one before 1970 is due at once. */
    void set(Timer timer) {
        Timer kept = timer.due() >= 0
                ? timer
                : new Timer(0, timer.task(), timer.merchant(), timer.number(), timer.campaign());
        store.put(kept.key(out), NOTHING);
        from = Math.min(from, kept.due());
    }

    /**
     * What is due, in order; it stays until it is {@linkplain #done done}.
     *
     * @param before milliseconds UTC
     * @param most so many at once
     */
    List<Timer> due(long before, int most) {
        if (from >= before) {
            return List.of();
        }
        List<Timer> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(bound(from), bound(before))) {
            while (range.hasNext() && due.size() < most) {
                due.add(Timer.of(range.next().key));
            }
        }
        from = due.isEmpty() ? before : due.get(0).due();
        return due;
    }

    void done(Timer timer) {
        store.delete(timer.key(out));
    }

    private Bytes bound(long due) {
        return Bytes.wrap(out.fixed(due).take());
    }
}
