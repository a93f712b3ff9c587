package io.weir.adspend.merchant;

import io.weir.adspend.merchant.Timer.Queue;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** What the clock is to do, in the order of time. Key: as {@link Timer} lays it out. Value: one byte that says nothing. */
final class TimerStore {

    static final String NAME = "adspend-timers";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "queue, time that is due (8 bytes), what to do, merchant id, day or minute, campaign",
            "one byte",
            "until it is due",
            "50 bytes for each campaign's minute at hand and four for each merchant's day",
            "no: written once, read in order");

    private static final byte[] NOTHING = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();
    /** No timer of a queue is due before this: what has been deleted is not walked again. */
    private final Map<Queue, Long> from = new EnumMap<>(Queue.class);

    TimerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        for (Queue queue : Queue.values()) {
            from.put(queue, 0L);
        }
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME);
    }

    /** Sets a timer; one before 1970 is due at once. */
    void set(Timer timer) {
        Timer kept = timer.due() >= 0
                ? timer
                : new Timer(0, timer.task(), timer.merchant(), timer.number(), timer.campaign());
        store.put(kept.key(out), NOTHING);
        from.merge(kept.queue(), kept.due(), Math::min);
    }

    /**
     * Takes out what is due in a queue, in order.
     *
     * @param before milliseconds UTC
     * @param most so many at once
     */
    List<Timer> take(Queue queue, long before, int most) {
        long since = from.get(queue);
        if (since >= before) {
            return List.of();
        }
        List<Timer> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(bound(queue, since), bound(queue, before))) {
            while (range.hasNext() && due.size() < most) {
                due.add(Timer.of(range.next().key));
            }
        }
        for (Timer timer : due) {
            store.delete(timer.key(out));
        }
        from.put(queue, due.size() < most ? before : due.get(most - 1).due());
        return due;
    }

    /** Whether anything is due in a queue. */
    boolean isDue(Queue queue, long before) {
        long since = from.get(queue);
        if (since >= before) {
            return false;
        }
        try (KeyValueIterator<Bytes, byte[]> range = store.range(bound(queue, since), bound(queue, before))) {
            boolean any = range.hasNext();
            if (!any) {
                from.put(queue, before);
            }
            return any;
        }
    }

    private Bytes bound(Queue queue, long due) {
        return Bytes.wrap(out.put(queue.code()).fixed(due).take());
    }
}
