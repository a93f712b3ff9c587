package io.weir.sessionizer.session;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.Arrays;

/**
 * The distinct paths of a session's page views, as 64-bit hashes: exact up to {@link #MOST}, and no higher. (Among 1 000
 * paths two share a hash with a probability of 3 in 10^14.) Immutable; the number does not depend on the order.
 */
public final class DistinctPages {

    /** The set grows no further: a crawler's session stays below 8 kB. */
    public static final int MOST = 1_000;

    static final DistinctPages NONE = new DistinctPages(new long[0]);

    private final long[] hashes;

    private DistinctPages(long[] hashes) {
        this.hashes = hashes;
    }

    static DistinctPages of(String path) {
        return path == null ? NONE : new DistinctPages(new long[] {hash(path)});
    }

    /** Number of distinct paths, at most {@link #MOST}. */
    public int size() {
        return hashes.length;
    }

    DistinctPages and(DistinctPages other) {
        if (other.hashes.length > hashes.length) {
            return other.and(this);
        }
        if (hashes.length == MOST || containsAll(other.hashes)) {
            return this;
        }
        long[] union = Arrays.copyOf(hashes, hashes.length + other.hashes.length);
        System.arraycopy(other.hashes, 0, union, hashes.length, other.hashes.length);
        Arrays.sort(union);
        return new DistinctPages(withoutRepeats(union));
    }

    void write(ByteWriter out) {
        out.varint(hashes.length);
        for (long hash : hashes) {
            out.fixed(hash);
        }
    }

    static DistinctPages read(ByteReader in) {
        long[] hashes = new long[in.count()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = in.fixed();
        }
        return new DistinctPages(hashes);
    }

    private boolean containsAll(long[] others) {
        for (long other : others) {
            if (Arrays.binarySearch(hashes, other) < 0) {
                return false;
            }
        }
        return true;
    }

    private static long[] withoutRepeats(long[] sorted) {
        int kept = 0;
        for (int i = 0; i < sorted.length && kept < MOST; i++) {
            if (kept == 0 || sorted[i] != sorted[kept - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, kept);
    }

    /** FNV-1a over the characters, then the finishing mix of SplitMix64. */
    private static long hash(String path) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistinctPages that && Arrays.equals(hashes, that.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }
}
