package io.weir.topology.runtime;

import io.weir.core.time.InputProgress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

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

        /** Whether each partition of its input was seen without anything left to read, at some time since ({@link System#nanoTime}). */
        boolean emptiedSince(long since);
    }

    /** What a feature itself reads. */
    interface Own extends InputProgress {

        /** Whether each of these partitions was seen without anything left to read, at some time since ({@link System#nanoTime}). */
        boolean emptiedSince(Predicate<TopicPartition> concerned, long since);
    }

    /** Raw, by visitor, events, by key, verdicts, by merchant: what is sent comes through six topics at most; one is to spare. */
    static final int HOPS = 7;

    /** A commit is at most a second away, and what was fetched is worked off by then or lag is seen again. */
    static final long SETTLED_NANOS = 3_000_000_000L;

    private final Own own;
    private final List<? extends Upstream> others;
    private final LongSupplier nanos;
    /** Since when nothing was left to read, by topics; asked every few seconds at least, or it begins anew. */
    private final Map<Set<String>, Quiet> quiet = new ConcurrentHashMap<>();

    private final Map<Asked, Round> rounds = new ConcurrentHashMap<>();

    /**
     * @param own of the feature itself
     * @param others features that run beside it
     */
    UpstreamProgress(Own own, List<? extends Upstream> others) {
        this(own, others, System::nanoTime);
    }

    UpstreamProgress(Own own, List<? extends Upstream> others, LongSupplier nanos) {
        this.own = own;
        this.others = List.copyOf(others);
        this.nanos = nanos;
    }

    /**
     * A time without anything to read.
     *
     * @param since when it was seen first
     * @param asked when it was seen last
     */
    private record Quiet(long since, long asked) {}

    @Override
    public boolean settled(Set<String> topics) {
        boolean now = own.settled(topics) && othersCaughtUp(topics);
        if (!now) {
            quiet.remove(topics);
            return false;
        }
        long time = nanos.getAsLong();
        Quiet held = quiet.compute(topics, (any, before) -> {
            boolean goesOn = before != null && time - before.asked() < SETTLED_NANOS;
            return new Quiet(goesOn ? before.since() : time, time);
        });
        return time - held.since() >= SETTLED_NANOS;
    }

    /**
     * {@inheritDoc} What was sent is followed topic by topic: once each partition of all of them was seen empty, what had been in them is
     * committed to the next within {@link #SETTLED_NANOS}, and they are asked again as of then.
     */
    @Override
    public boolean hasRead(Set<String> topics, Set<String> hops, int partition, long round) {
        Round current = rounds.compute(
                new Asked(topics, partition),
                (any, known) -> known != null && known.number == round ? known : new Round(round, nanos.getAsLong()));
        return current.goOn(
                nanos.getAsLong(),
                since -> own.emptiedSince(
                                at -> topics.contains(at.topic())
                                        || (hops.contains(at.topic()) && at.partition() == partition),
                                since)
                        && writersOf(topics).allMatch(writer -> writer.emptiedSince(since)));
    }

    private record Asked(Set<String> topics, int partition) {}

    /** Follows what had been sent when it began. */
    private static final class Round {
        private final long number;
        private long since;
        private int left = HOPS;

        private Round(long number, long since) {
            this.number = number;
            this.since = since;
        }

        private synchronized boolean goOn(long now, LongPredicate emptiedSince) {
            if (left > 0 && emptiedSince.test(since)) {
                left--;
                since = now + SETTLED_NANOS;
            }
            return left == 0;
        }
    }

    private boolean othersCaughtUp(Set<String> topics) {
        return writersOf(topics).allMatch(Upstream::caughtUp);
    }

    private Stream<? extends Upstream> writersOf(Set<String> topics) {
        return others.stream().filter(other -> other.writes(topics));
    }

    @Override
    public boolean caughtUp(Set<String> topics, int partition) {
        return own.caughtUp(topics, partition) && othersCaughtUp(topics);
    }
}
