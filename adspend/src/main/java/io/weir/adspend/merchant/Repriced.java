package io.weir.adspend.merchant;

import java.util.HashSet;
import java.util.Set;

/** Minutes whose interactions have another price, or another day, than before. Mutable. */
final class Repriced {

    /**
     * So many interactions are entered one by one: some three seconds of one task's time. A merchant of a hundred a second has more than a
     * million in a morning, and the transaction in which they were all entered would have been given up by the broker after 30 s, again
     * and again. Beyond this the budget is entered with their sum.
     */
    private static final long MOST = 50_000;

    private final Set<MinuteOf> minutes = new HashSet<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long interactions;

    /**
     * A minute of a campaign.
     *
     * @param minute minutes since 1970 UTC
     * @param campaign may be null
     */
    private record MinuteOf(long minute, String campaign) {}

    void add(MinuteStore.Entry entry) {
        minutes.add(new MinuteOf(entry.minute(), entry.campaign()));
        interactions += entry.counts().sums().count();
        first = Math.min(first, entry.minute());
        last = Math.max(last, entry.minute());
    }

    boolean has(long minute, String campaign) {
        return minutes.contains(new MinuteOf(minute, campaign));
    }

    boolean isEmpty() {
        return minutes.isEmpty();
    }

    /** Whether each interaction gets an entry of its own in the ledger. */
    boolean isEnteredSingly() {
        return interactions <= MOST;
    }

    /** Minutes since 1970 UTC. */
    long first() {
        return first;
    }

    /** Minutes since 1970 UTC. */
    long last() {
        return last;
    }
}
