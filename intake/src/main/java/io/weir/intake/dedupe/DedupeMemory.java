package io.weir.intake.dedupe;

import io.weir.core.time.EndOfInput;

/**
 * For how long an event is known again: a copy is a duplicate if its event time is at most this far from that of one that
 * was accepted. The rule looks at event times alone, so it does not matter when, in what order and after which restart
 * the copies are read.
 *
 * <p>Event times are cut into windows as long as the memory. Copies that are near enough lie in the same window or in
 * neighbouring ones, so three lookups by key find them, and whole windows are forgotten at once.
 *
 * @param millis length of the memory and of a window, at least 1
 */
public record DedupeMemory(long millis) {

    /** Nothing is forgotten: for recorded input, all of which lies in the one window that begins at the epoch. */
    public static final DedupeMemory EVERYTHING = new DedupeMemory(EndOfInput.AFTER_EVERY_EVENT);

    public DedupeMemory {
        if (millis < 1) {
            throw new IllegalArgumentException("a memory of " + millis + " ms");
        }
    }

    /** Start of the window in which an event time lies. */
    public long windowOf(long occurredAt) {
        return Math.floorDiv(occurredAt, millis) * millis;
    }

    /** Whether two events of one identifier are the same event. */
    public boolean remembers(long acceptedAt, long occurredAt) {
        return Math.abs(occurredAt - acceptedAt) <= millis;
    }

    /**
     * How long a store must keep a window after the newest one began. An event may be a whole memory older than the
     * newest, which puts it one window back, and its first copy in the window before that: two windows, and one
     * millisecond since a store's retention excludes its end.
     */
    public long retention() {
        return 2 * millis + 1;
    }
}
