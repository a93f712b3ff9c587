package io.weir.core.time;

import java.util.Set;

/** How far time has gone for a task: as the wall clock, but while there is a backlog no further than events have been read. */
public final class ReadTime {

    private final StreamClock clock;
    private final InputProgress progress;
    private final Set<String> sources;
    private long newest;

    /** @param sources names of the topics whose events it must have been given before time goes on without them */
    public ReadTime(StreamClock clock, InputProgress progress, Set<String> sources) {
        this.clock = clock;
        this.progress = progress;
        this.sources = Set.copyOf(sources);
    }

    /** An event of this time was read, milliseconds UTC. */
    public void seen(long eventTime) {
        newest = Math.max(newest, eventTime);
    }

    /** The largest time of an event that was read, milliseconds UTC; 0 if there was none. */
    public long newest() {
        return newest;
    }

    /** Milliseconds UTC: what is due by then is due. */
    public long reached() {
        long now = clock.millis();
        return progress.settled(sources) ? now : Math.min(now, newest);
    }
}
