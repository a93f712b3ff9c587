package io.weir.core.time;

import java.util.Set;

/**
 * What is known of the input that has not been read yet. A task whose input is idle lets time go on by the wall clock
 * only while the broker confirms that there is nothing left to read: after a restart with a backlog, or while a broker
 * is away, a silent input is not an idle one.
 */
@FunctionalInterface
public interface InputProgress {

    /** For topologies without a broker: everything there is has been read. */
    InputProgress COMPLETE = (topics, partition) -> true;

    /**
     * Whether the broker has confirmed, within the last few seconds, that this partition of all these topics has been
     * read to its end.
     *
     * @param topics names in this deployment
     * @param partition partition of the task
     */
    boolean caughtUp(Set<String> topics, int partition);

    /**
     * Whether that holds, and has held for some commits, of every partition of these topics that this process reads: what
     * was read has then come through the feature's own internal topics. Of partitions that another process reads it knows
     * nothing.
     *
     * @param topics names in this deployment
     */
    default boolean settled(Set<String> topics) {
        return caughtUp(topics, 0);
    }

    /**
     * Whether all that had been sent when this was first asked has been read, and has come through: into these topics, and
     * through those by which a task is given what is in them. Unlike the others it comes true also where events go on without end;
     * other tasks' partitions of the latter may lag for as long as they like.
     *
     * @param topics names in this deployment
     * @param hops names of the feature's internal topics
     * @param partition partition of the task
     * @param round other than the last time to ask anew, as of now
     */
    default boolean hasRead(Set<String> topics, Set<String> hops, int partition, long round) {
        return caughtUp(topics, partition);
    }
}
