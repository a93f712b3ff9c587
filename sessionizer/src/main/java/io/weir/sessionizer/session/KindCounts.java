package io.weir.sessionizer.session;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.topic.EventKinds;
import io.weir.schemas.EventKind;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Numbers of events by kind. Immutable. */
public final class KindCounts {

    private static final int KINDS = EventKind.values().length;

    private final long[] counts;

    private KindCounts(long[] counts) {
        this.counts = counts;
    }

    static KindCounts one(EventKind kind) {
        long[] counts = new long[KINDS];
        counts[EventKinds.CODES.of(kind)] = 1;
        return new KindCounts(counts);
    }

    /** Number of events of a kind. */
    public long of(EventKind kind) {
        return counts[EventKinds.CODES.of(kind)];
    }

    /** Number of all events. */
    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    KindCounts and(KindCounts other) {
        long[] sums = counts.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.counts[i];
        }
        return new KindCounts(sums);
    }

    /** Names of the kinds that occurred, in order, and their numbers. */
    Map<String, Long> byName() {
        Map<String, Long> byName = new TreeMap<>();
        for (EventKind kind : EventKind.values()) {
            if (of(kind) > 0) {
                byName.put(kind.name(), of(kind));
            }
        }
        return byName;
    }

    /** One bit for each kind that occurred, by code, then their numbers. */
    void write(ByteWriter out) {
        long present = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                present |= 1L << i;
            }
        }
        out.varint(present);
        for (long count : counts) {
            if (count > 0) {
                out.varint(count);
            }
        }
    }

    static KindCounts read(ByteReader in) {
        long present = in.varint();
        long[] counts = new long[KINDS];
        for (int i = 0; i < counts.length; i++) {
            if ((present & 1L << i) != 0) {
                counts[i] = in.varint();
            }
        }
        return new KindCounts(counts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KindCounts that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }
}
