package io.weir.query.ask;

import java.util.List;

/**
 * What the partitions of a store answered.
 *
 * @param all by partition
 * @param partial whether some did not answer
 */
public record Replies(List<Reply> all, boolean partial) {

    /** Copies the list. */
    public Replies {
        all = List.copyOf(all);
    }

    /** Whether copies are among those that answered. */
    public boolean stale() {
        return all.stream().anyMatch(Reply::stale);
    }

    /** How many records the copies were behind, all together. */
    public long lag() {
        return all.stream().mapToLong(Reply::lag).sum();
    }
}
