package io.weir.core.time;

import java.util.Set;

/**
 * How far time has gone for a task: as far as events have been read, and from there on as the wall clock goes while there is nothing to
 * read. So events that come hours late, all of them, as from a cluster that is mirrored, find time where they are; and an input that is idle does
 * not stop it.
 */
public final class ReadTime {

    private final StreamClock clock;
    private final InputProgress progress;
    private final Set<String> sources;
    private long newest;
    private long newestReadAt;
    private long reached = Long.MIN_VALUE;
    /** When there was nothing to read and nothing had been. */
    private long idleAt;

    /** @param sources names of the topics whose events it must have been given before time goes on without them */
    public ReadTime(StreamClock clock, InputProgress progress, Set<String> sources) {
        this.clock = clock;
        this.progress = progress;
        this.sources = Set.copyOf(sources);
    }

    /** An event of this time was read, milliseconds UTC. */
    public void seen(long eventTime) {
        if (eventTime > newest) {
            newest = eventTime;
            newestReadAt = clock.millis();
        }
    }

    /** The largest time of an event that was read, milliseconds UTC; 0 if there was none. */
    public long newest() {
        return newest;
    }

    /** As {@link #reached}, without a look at whether there is something left to read. */
    public long known() {
        if (newest == 0) {
            return idleAt;
        }
        return Math.max(reached, Math.min(clock.millis(), newest));
    }

    /**
     * Milliseconds UTC: what is due by then is due. Before the first event it goes as the wall clock does, from then on it is never less than
     * before.
     */
    public long reached() {
        long now = clock.millis();
        boolean idle = progress.settled(sources);
        if (newest == 0) {
            idleAt = idle ? now : idleAt;
            return idle ? now : 0;
        }
        long idleFor = idle ? now - newestReadAt : 0;
        reached = Math.max(reached, Math.min(now, newest + idleFor));
        return reached;
    }
}
