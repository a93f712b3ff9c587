package io.weir.topology.runtime;

import io.weir.core.time.InputProgress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What is known of a feature's input, with what is still to come from features of this process: an input that has been
 * read to its end is not idle while the feature that writes it has a backlog of its own, after a restart for instance.
 */
final class UpstreamProgress implements InputProgress {

    /** A feature of this process that others may read from. */
    interface Upstream {

        /** Whether it writes one of these topics, by their names in this deployment. */
        boolean writes(Set<String> topics);

        /** Whether it has read all there is of its own input. */
        boolean caughtUp();
    }

    /** A commit is at most a second away, and what was fetched is worked off by then or lag is seen again. */
    static final long SETTLED_NANOS = 3_000_000_000L;

    private final InputProgress own;
    private final List<? extends Upstream> others;
    private final LongSupplier nanos;
    /** Since when nothing was left to read, by what was asked; asked every few seconds at least, or it begins anew. */
    private final Map<Asked, Quiet> quiet = new ConcurrentHashMap<>();

    /**
     * @param own of the feature itself
     * @param others features that run beside it
     */
    UpstreamProgress(InputProgress own, List<? extends Upstream> others) {
        this(own, others, System::nanoTime);
    }

    UpstreamProgress(InputProgress own, List<? extends Upstream> others, LongSupplier nanos) {
        this.own = own;
        this.others = List.copyOf(others);
        this.nanos = nanos;
    }

    /** @param partition null for all */
    private record Asked(Set<String> topics, Integer partition) {}

    /**
     * A time without anything to read.
     *
     * @param since when it was seen first
     * @param asked when it was seen last
     */
    private record Quiet(long since, long asked) {}

    @Override
    public boolean settled(Set<String> topics) {
        return holds(new Asked(topics, null), own.settled(topics) && othersCaughtUp(topics));
    }

    @Override
    public boolean settled(Set<String> topics, int partition) {
        return holds(new Asked(topics, partition), caughtUp(topics, partition));
    }

    private boolean holds(Asked asked, boolean now) {
        if (!now) {
            quiet.remove(asked);
            return false;
        }
        long time = nanos.getAsLong();
        Quiet held = quiet.compute(asked, (any, before) -> {
            boolean goesOn = before != null && time - before.asked() < SETTLED_NANOS;
            return new Quiet(goesOn ? before.since() : time, time);
        });
        return time - held.since() >= SETTLED_NANOS;
    }

    private boolean othersCaughtUp(Set<String> topics) {
        return others.stream().filter(other -> other.writes(topics)).allMatch(Upstream::caughtUp);
    }

    @Override
    public boolean caughtUp(Set<String> topics, int partition) {
        return own.caughtUp(topics, partition) && othersCaughtUp(topics);
    }
}
