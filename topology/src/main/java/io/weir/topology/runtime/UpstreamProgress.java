package io.weir.topology.runtime;

import io.weir.core.time.InputProgress;
import java.util.List;
import java.util.Set;

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

    private final InputProgress own;
    private final List<? extends Upstream> others;

    /**
     * @param own of the feature itself
     * @param others features that run beside it
     */
    UpstreamProgress(InputProgress own, List<? extends Upstream> others) {
        this.own = own;
        this.others = List.copyOf(others);
    }

    @Override
    public boolean caughtUp(Set<String> topics, int partition) {
        return own.caughtUp(topics, partition)
                && others.stream().filter(other -> other.writes(topics)).allMatch(Upstream::caughtUp);
    }
}
