package io.weir.adspend.account;

import java.util.NavigableMap;
import java.util.TreeMap;

/** Valid gross of a merchant or campaign by minute, nanos. */
final class ValidDelivery {

    private final NavigableMap<Long, Long> nanosByMinute = new TreeMap<>();

    void add(long minute, long nanos) {
        nanosByMinute.merge(minute, nanos, Math::addExact);
    }

    /** V(t) at the start of a minute. */
    long before(long minute) {
        long sum = 0;
        for (long nanos : nanosByMinute.headMap(minute, false).values()) {
            sum = Math.addExact(sum, nanos);
        }
        return sum;
    }
}
