package io.weir.intake.quality;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the messages of one label fared. Counts add up, in any order and any grouping; they stop at the largest long.
 *
 * <pre>
 * 6 longs     accepted, duplicates, late, client sent, client dropped, client retried
 * 2 maps      dead letters, observed: 2 bytes size, then for each reason 2 bytes length, UTF-8, 8 bytes count
 * </pre>
 */
public final class QualityCounts {

    private static final int FIXED = 6 * Long.BYTES;

    private long accepted;
    private long duplicates;
    private long late;
    private long clientSent;
    private long clientDropped;
    private long clientRetried;
    // Most labels have neither: no map until there is something to count.
    private SortedMap<String, Long> deadLetters = Collections.emptySortedMap();
    private SortedMap<String, Long> observed = Collections.emptySortedMap();

    /** An event went on. */
    public void accept(boolean late) {
        accepted++;
        if (late) {
            this.late++;
        }
    }

    /** An event had been accepted before. */
    public void duplicate() {
        duplicates++;
    }

    /** A message was refused. */
    public void refuse(String reason) {
        deadLetters = plus(deadLetters, reason, 1);
    }

    /** An accepted event departs from a part of the tracking plan that only observes. */
    public void observe(String reason) {
        observed = plus(observed, reason, 1);
    }

    /** What a client says of itself. */
    public void report(ClientHealth health) {
        clientSent = sum(clientSent, health.sent());
        clientDropped = sum(clientDropped, health.dropped());
        clientRetried = sum(clientRetried, health.retried());
    }

    /** Adds what was counted elsewhere. */
    public void add(QualityCounts other) {
        accepted = sum(accepted, other.accepted);
        duplicates = sum(duplicates, other.duplicates);
        late = sum(late, other.late);
        clientSent = sum(clientSent, other.clientSent);
        clientDropped = sum(clientDropped, other.clientDropped);
        clientRetried = sum(clientRetried, other.clientRetried);
        other.deadLetters.forEach((reason, count) -> deadLetters = plus(deadLetters, reason, count));
        other.observed.forEach((reason, count) -> observed = plus(observed, reason, count));
    }

    public long accepted() {
        return accepted;
    }

    public long duplicates() {
        return duplicates;
    }

    /** Part of {@link #accepted()}. */
    public long late() {
        return late;
    }

    public long clientSent() {
        return clientSent;
    }

    public long clientDropped() {
        return clientDropped;
    }

    public long clientRetried() {
        return clientRetried;
    }

    /** Refused messages by reason. */
    public SortedMap<String, Long> deadLetters() {
        return Collections.unmodifiableSortedMap(deadLetters);
    }

    /** Accepted events that depart from the tracking plan, by reason; part of {@link #accepted()}. */
    public SortedMap<String, Long> observed() {
        return Collections.unmodifiableSortedMap(observed);
    }

    /** Messages: accepted, duplicates and refused. */
    public long total() {
        long total = sum(accepted, duplicates);
        for (long count : deadLetters.values()) {
            total = sum(total, count);
        }
        return total;
    }

    /** Bytes that {@link #write} takes. */
    public int size() {
        return FIXED + size(deadLetters) + size(observed);
    }

    /** Writes the counts. */
    public void write(ByteBuffer out) {
        out.putLong(accepted).putLong(duplicates).putLong(late);
        out.putLong(clientSent).putLong(clientDropped).putLong(clientRetried);
        write(deadLetters, out);
        write(observed, out);
    }

    /** Reads what {@link #write} wrote. */
    public static QualityCounts read(ByteBuffer in) {
        QualityCounts counts = new QualityCounts();
        counts.accepted = in.getLong();
        counts.duplicates = in.getLong();
        counts.late = in.getLong();
        counts.clientSent = in.getLong();
        counts.clientDropped = in.getLong();
        counts.clientRetried = in.getLong();
        counts.deadLetters = readReasons(in);
        counts.observed = readReasons(in);
        return counts;
    }

    private static long sum(long a, long b) {
        long sum = a + b;
        return sum < a ? Long.MAX_VALUE : sum;
    }

    private static SortedMap<String, Long> plus(SortedMap<String, Long> counts, String reason, long more) {
        SortedMap<String, Long> changed = counts.isEmpty() ? new TreeMap<>() : counts;
        changed.merge(reason, more, QualityCounts::sum);
        return changed;
    }

    // Reasons are the names of an enum: ASCII.
    private static int size(Map<String, Long> counts) {
        int size = Short.BYTES;
        for (String reason : counts.keySet()) {
            size += Short.BYTES + reason.length() + Long.BYTES;
        }
        return size;
    }

    private static void write(Map<String, Long> counts, ByteBuffer out) {
        out.putShort((short) counts.size());
        counts.forEach((reason, count) -> out.putShort((short) reason.length())
                .put(reason.getBytes(StandardCharsets.US_ASCII))
                .putLong(count));
    }

    private static SortedMap<String, Long> readReasons(ByteBuffer in) {
        int entries = in.getShort();
        if (entries == 0) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < entries; i++) {
            byte[] reason = new byte[in.getShort()];
            in.get(reason);
            counts.put(new String(reason, StandardCharsets.US_ASCII), in.getLong());
        }
        return counts;
    }
}
