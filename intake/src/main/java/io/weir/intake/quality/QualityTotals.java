package io.weir.intake.quality;

import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The totals of the last days, and which of them have not been given out yet.
 *
 * <pre>
 * key     {@link QualityKey}: sorted by minute
 * value   1 byte: 1 if given out as it is; {@link QualityCounts}
 * </pre>
 *
 * The heap holds one entry for each minute, never one for each label.
 */
final class QualityTotals {

    /** Name of the store. */
    static final String STORE = "intake-quality";

    private static final byte CHANGED = 0;
    private static final byte GIVEN_OUT = 1;

    private final KeyValueStore<Bytes, byte[]> store;
    private final TreeMap<Long, Minute> minutes = new TreeMap<>();

    /** What is known of a minute without reading it. */
    private static final class Minute {
        private long touched;
        private boolean changed;
    }

    /**
     * Finds out what was left.
     *
     * @param now millis, from which on the minutes found are kept
     */
    QualityTotals(KeyValueStore<Bytes, byte[]> store, long now) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                touch(QualityKey.minute(entry.key.get()), now).changed |= entry.value[0] == CHANGED;
            }
        }
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(STORE);
    }

    static StoreNote note() {
        return new StoreNote(
                STORE,
                "minute, source, event name, library, library version",
                "totals, about 60 bytes",
                "8 days after the last change of a minute",
                "nothing: 11 520 minutes times the labels, 30 MB for 25 labels",
                "no: written twice a second for each label");
    }

    /** Adds counts to a total. */
    void add(CountsRecord record, long now) {
        Bytes key = Bytes.wrap(record.key().bytes());
        byte[] known = store.get(key);
        QualityCounts total = record.counts();
        if (known != null) {
            total = counts(known);
            total.add(record.counts());
        }
        store.put(key, value(CHANGED, total));
        touch(record.key().minute(), now).changed = true;
    }

    /** The first minute at or after one, that has messages; null if there is none. */
    Long minuteFrom(long minute) {
        return minutes.ceilingKey(minute);
    }

    /** The last minute that has messages; null if there is none. */
    Long lastMinute() {
        return minutes.isEmpty() ? null : minutes.lastKey();
    }

    /**
     * Gives out the totals that have changed of minutes before another, in order.
     *
     * @param before start of the first minute that is not given out
     * @param most how many totals at once
     * @return whether all of them have been given out
     */
    boolean giveOut(long before, int most, BiConsumer<QualityKey, QualityCounts> out) {
        int left = most;
        for (Map.Entry<Long, Minute> entry : minutes.headMap(before, false).entrySet()) {
            if (entry.getValue().changed) {
                left = giveOutMinute(entry.getKey(), left, out);
                if (left == 0) {
                    return false;
                }
                entry.getValue().changed = false;
            }
        }
        return true;
    }

    /** Every total of the minutes from one to another, both included. */
    void read(long from, long to, BiConsumer<QualityKey, QualityCounts> out) {
        try (KeyValueIterator<Bytes, byte[]> range = range(from, to)) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                out.accept(QualityKey.of(entry.key.get()), counts(entry.value));
            }
        }
    }

    /**
     * Forgets the oldest minute if it has been given out and has not changed for a while.
     *
     * @param unchangedSince millis
     * @param most how many totals at once; the rest of the minute stays for the next time
     */
    void forget(long unchangedSince, int most) {
        Map.Entry<Long, Minute> oldest = minutes.firstEntry();
        if (oldest == null || oldest.getValue().changed || oldest.getValue().touched >= unchangedSince) {
            return;
        }
        int left = most;
        try (KeyValueIterator<Bytes, byte[]> range = range(oldest.getKey(), oldest.getKey())) {
            while (range.hasNext() && left > 0) {
                store.delete(range.next().key);
                left--;
            }
        }
        if (left > 0) {
            minutes.remove(oldest.getKey());
        }
    }

    private int giveOutMinute(long minute, int most, BiConsumer<QualityKey, QualityCounts> out) {
        int left = most;
        try (KeyValueIterator<Bytes, byte[]> range = range(minute, minute)) {
            while (range.hasNext() && left > 0) {
                KeyValue<Bytes, byte[]> entry = range.next();
                if (entry.value[0] == CHANGED) {
                    QualityCounts total = counts(entry.value);
                    out.accept(QualityKey.of(entry.key.get()), total);
                    store.put(entry.key, value(GIVEN_OUT, total));
                    left--;
                }
            }
        }
        return left;
    }

    private KeyValueIterator<Bytes, byte[]> range(long from, long to) {
        return store.range(Bytes.wrap(QualityKey.startOf(from)), Bytes.wrap(QualityKey.startOf(to + AlertRule.MINUTE)));
    }

    private Minute touch(long minute, long now) {
        Minute known = minutes.computeIfAbsent(minute, start -> new Minute());
        known.touched = now;
        return known;
    }

    private static byte[] value(byte state, QualityCounts counts) {
        ByteBuffer out = ByteBuffer.allocate(1 + counts.size());
        out.put(state);
        counts.write(out);
        return out.array();
    }

    /** The counts of a value. */
    static QualityCounts counts(byte[] value) {
        return QualityCounts.read(ByteBuffer.wrap(value, 1, value.length - 1));
    }
}
