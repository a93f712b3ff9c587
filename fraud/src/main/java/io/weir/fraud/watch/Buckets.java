package io.weir.fraud.watch;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.fraud.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Sums, or different values, in tenths of a window.
 *
 * <pre>
 * varint   buckets, and each: signed number, signed sum, varint values and each as 8 bytes
 * </pre>
 */
final class Buckets {

    /** So many make a window. */
    static final int IN_WINDOW = 10;

    /** More than any limit may allow. */
    private static final int MOST_VALUES = Rule.MOST_VALUES + 1;

    private final SortedMap<Long, Bucket> byNumber = new TreeMap<>();

    private static final class Bucket {
        private long sum;
        private final Set<Long> values = new TreeSet<>();
    }

    boolean isEmpty() {
        return byNumber.isEmpty();
    }

    /** Adds up a number. */
    void add(long at, long window, long number) {
        Bucket bucket = bucket(at, window);
        try {
            bucket.sum = Math.addExact(bucket.sum, number);
        } catch (ArithmeticException e) {
            bucket.sum = number > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    /** Notes a value; beyond {@link #MOST_VALUES} in a bucket no more are noted, since any limit is broken whatever they are. */
    void add(long at, long window, String value) {
        Set<Long> values = bucket(at, window).values;
        if (values.size() < MOST_VALUES) {
            values.add(UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8))
                    .getMostSignificantBits());
        }
    }

    private Bucket bucket(long at, long window) {
        return byNumber.computeIfAbsent(number(at, window), any -> new Bucket());
    }

    private static long number(long at, long window) {
        return Math.floorDiv(at, Math.max(1, window / IN_WINDOW));
    }

    /** The largest sum of a window that has this time in it and ends with a bucket in which something happened. */
    long largestSum(long at, long window) {
        long number = number(at, window);
        long largest = Long.MIN_VALUE;
        for (long end : byNumber.subMap(number, number + IN_WINDOW).keySet()) {
            long sum = 0;
            for (Bucket bucket : byNumber.subMap(end - IN_WINDOW + 1, end + 1).values()) {
                sum = saturated(sum, bucket.sum);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /** The largest number of different values of such a window. */
    long mostValues(long at, long window) {
        long number = number(at, window);
        long most = 0;
        for (long end : byNumber.subMap(number, number + IN_WINDOW).keySet()) {
            Set<Long> values = new TreeSet<>();
            byNumber.subMap(end - IN_WINDOW + 1, end + 1).values().forEach(bucket -> values.addAll(bucket.values));
            most = Math.max(most, values.size());
        }
        return most;
    }

    private static long saturated(long a, long b) {
        long sum = a + b;
        boolean overflown = ((a ^ sum) & (b ^ sum)) < 0;
        return overflown ? (a > 0 ? Long.MAX_VALUE : Long.MIN_VALUE) : sum;
    }

    /** When the last of them begins, milliseconds UTC. */
    long newest(long window) {
        return byNumber.lastKey() * Math.max(1, window / IN_WINDOW);
    }

    /** Forgets what is wholly before a time, milliseconds UTC. */
    void forgetBefore(long time, long window) {
        byNumber.headMap(number(time, window)).clear();
    }

    void write(ByteWriter out) {
        out.varint(byNumber.size());
        byNumber.forEach((number, bucket) -> {
            out.signed(number).signed(bucket.sum).varint(bucket.values.size());
            bucket.values.forEach(out::fixed);
        });
    }

    static Buckets read(ByteReader in) {
        Buckets buckets = new Buckets();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            Bucket bucket = new Bucket();
            buckets.byNumber.put(in.signed(), bucket);
            bucket.sum = in.signed();
            int values = in.count();
            for (int j = 0; j < values; j++) {
                bucket.values.add(in.fixed());
            }
        }
        return buckets;
    }
}
