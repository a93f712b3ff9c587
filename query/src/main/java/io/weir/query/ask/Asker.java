package io.weir.query.ask;

import io.weir.query.state.Member;
import io.weir.query.state.Partition;
import io.weir.query.state.Place;
import io.weir.query.state.States;
import io.weir.query.state.UnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whoever holds the state: this process, or another one, one hop away; first who writes a partition, then who keeps a copy. Safe
 * for many threads.
 */
public final class Asker {

    private static final Logger LOG = LoggerFactory.getLogger(Asker.class);

    private final States states;
    private final Peers peers;
    private final Executor threads;

    /** @param threads on which other processes are waited for */
    public Asker(States states, Peers peers, Executor threads) {
        this.states = states;
        this.peers = peers;
        this.threads = threads;
    }

    /**
     * Asks the partition of a key.
     *
     * @throws UnavailableException if nobody who holds it can answer
     */
    public Reply ask(Question question, String key, Arguments arguments) {
        Place place = states.find(question.feature(), question.store(), key);
        for (Member holder : place.holders()) {
            Optional<Reply> reply = ask(holder, question, List.of(place.partition()), arguments).stream()
                    .findFirst();
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        throw new UnavailableException("The state that would answer this is being moved or restored.");
    }

    /**
     * Asks the partitions of some keys, all at once, each about its own.
     *
     * @return in the order of the keys
     * @throws UnavailableException if nobody who holds one of them can answer
     */
    public List<Reply> askEach(Question question, Map<String, Arguments> byKey) {
        return joined(byKey.entrySet().stream()
                .map(entry ->
                        CompletableFuture.supplyAsync(() -> ask(question, entry.getKey(), entry.getValue()), threads))
                .toList());
    }

    private static <T> List<T> joined(List<CompletableFuture<T>> answers) {
        try {
            return answers.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /**
     * Asks all partitions, of different processes at once.
     *
     * @throws UnavailableException if not one of them can answer
     */
    public Replies askAll(Question question, Arguments arguments) {
        List<Place> places = states.all(question.feature(), question.store());
        SortedMap<Integer, Reply> replies = new TreeMap<>();
        int most =
                places.stream().mapToInt(place -> place.holders().size()).max().orElse(0);
        for (int turn = 0; turn < most && replies.size() < places.size(); turn++) {
            Map<Member, List<Integer>> asked = new LinkedHashMap<>();
            for (Place place : places) {
                if (!replies.containsKey(place.partition())
                        && turn < place.holders().size()) {
                    asked.computeIfAbsent(place.holders().get(turn), any -> new ArrayList<>())
                            .add(place.partition());
                }
            }
            askAtOnce(question, arguments, asked).forEach(reply -> replies.put(reply.partition(), reply));
        }
        if (replies.isEmpty()) {
            throw new UnavailableException("The state that would answer this is being moved or restored.");
        }
        return new Replies(List.copyOf(replies.values()), replies.size() < places.size());
    }

    private List<Reply> askAtOnce(Question question, Arguments arguments, Map<Member, List<Integer>> asked) {
        return joined(asked.entrySet().stream()
                        .map(entry -> CompletableFuture.supplyAsync(
                                () -> ask(entry.getKey(), question, entry.getValue(), arguments), threads))
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Reply> ask(Member holder, Question question, List<Integer> partitions, Arguments arguments) {
        if (holder.equals(states.self())) {
            return here(question, partitions, arguments);
        }
        try {
            return peers.ask(holder, question, partitions, arguments);
        } catch (UnavailableException e) {
            LOG.debug("{} did not answer {}", holder, question.name(), e);
            return List.of();
        }
    }

    /** Asks partitions of this process; those that it does not hold, or that are not ready, are left out. */
    public List<Reply> here(Question question, List<Integer> partitions, Arguments arguments) {
        List<Reply> replies = new ArrayList<>();
        for (int number : partitions) {
            find(question, number, arguments).ifPresent(replies::add);
        }
        return replies;
    }

    private Optional<Reply> find(Question question, int number, Arguments arguments) {
        try {
            return Optional.of(answer(question, states.open(question.feature(), number), arguments));
        } catch (InvalidStateStoreException e) {
            LOG.debug("partition {} is not written here", number, e);
        }
        try {
            return Optional.of(answer(question, states.copy(question.feature(), question.store(), number), arguments))
                    .filter(reply -> !isDoubtful(reply));
        } catch (UnavailableException | InvalidStateStoreException e) {
            LOG.debug("partition {} does not answer {} here", number, question.name(), e);
            return Optional.empty();
        }
    }

    /**
     * What a copy does not know may be on its way to it, also where it is said to be up to date: while tasks move, that is not always so. That
     * there is nothing would be a wrong answer, not an old one.
     */
    private static boolean isDoubtful(Reply reply) {
        boolean nothing = reply.data().isNull()
                || (reply.data().isContainer() && reply.data().isEmpty());
        return nothing;
    }

    private static Reply answer(Question question, Partition partition, Arguments arguments) {
        return new Reply(
                partition.number(),
                question.answering().answer(partition, arguments),
                partition.stale(),
                partition.lag());
    }
}
