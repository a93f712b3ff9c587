package io.weir.fraud.sequence;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.DueStore;
import io.weir.core.state.DueStore.Due;
import io.weir.core.state.StoreNote;
import io.weir.core.topic.KeyParts;
import io.weir.fraud.rule.Rule;
import io.weir.fraud.rule.RuleBook;
import io.weir.fraud.sequence.Pair.Follower;
import io.weir.fraud.watch.Sighting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The one writer of a task's pairs: says which followers break a rule, and which do not after all. */
public final class PairBook {

    private static final String PAIRS = "fraud-visitor-pairs";
    private static final String TIMERS = "fraud-visitor-pair-timers";

    /** A first that is not there when its follower comes may only be behind in another topic: waited for so long, milliseconds. */
    private static final long GRACE = 10_000;

    /**
     * Followers of one pair that wait for their first: a visitor's clicks of ten seconds on one impression, or those of a whole
     * recording. Each that comes writes them again, 80 bytes each; of more than that the earliest but one is judged at once.
     */
    private static final int MOST_WAITING = 128;

    private static final int MOST_RECORDED = 1_024;

    /** Pairs of a visitor are forgotten an hour at a time: a timer for each would double what is written for an impression. */
    private static final long FORGETTING = 3_600_000;
    /** More visitors than are about in a task at once: for others the same timer is set again, which changes nothing. */
    private static final int MOST_REMEMBERED = 10_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final DueStore timers;
    private final RuleBook rules;
    private final Found found;
    private final long lateness;
    private final boolean recorded;
    private final LongUnaryOperator verdictDate;
    private final ByteWriter bytes = new ByteWriter();
    /** Timers of visitors that were set of late. */
    private final Set<Due> forgetting = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Due, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    /** Takes what is found. */
    public interface Found {

        /**
         * A follower breaks a rule, or does not after all.
         *
         * @param rule the version that finds it faulty, or had
         * @param decidedAt what the verdict on it is dated, later each time, milliseconds UTC
         * @param now milliseconds UTC
         */
        void found(Rule rule, Sighting follower, boolean faulty, long decidedAt, long now);
    }

    /**
     * Opens the stores of a task.
     *
     * @param lateness how much later than others an event may come, milliseconds
     * @param recorded whether the input is recorded: what is missing is said at its end
     * @param verdictDate what the verdict on an event of a time is dated, both milliseconds UTC
     */
    public PairBook(
            RuleBook rules,
            ProcessorContext<?, ?> context,
            Found found,
            long lateness,
            boolean recorded,
            LongUnaryOperator verdictDate) {
        this.store = context.getStateStore(PAIRS);
        this.timers = new DueStore(context.getStateStore(TIMERS));
        this.rules = rules;
        this.found = found;
        this.lateness = lateness;
        this.recorded = recorded;
        this.verdictDate = verdictDate;
    }

    /** How its stores are built. */
    public static Set<StoreBuilder<?>> builders() {
        return Set.of(ByteStores.persistent(PAIRS), ByteStores.persistent(TIMERS));
    }

    /** What its stores hold. */
    public static List<StoreNote> notes() {
        return List.of(
                new StoreNote(
                        PAIRS,
                        "rule|visitor|impression id or merchant (UTF-8)",
                        "when it was seen first, and what followed",
                        "at_most or at_least of the rule, and weir.fraud.lateness",
                        "130 MB a million impressions, while they are kept",
                        "no: each is written once or twice"),
                new StoreNote(
                        TIMERS,
                        "time that is due (8 bytes), key of the pair, or rule|visitor (UTF-8)",
                        "one byte",
                        "until it is due",
                        "one for each follower whose first has not come, and for each hour of a visitor",
                        "no: written once, read in order"));
    }

    /**
     * Something came first.
     *
     * @param join what the pair has in common
     * @param now milliseconds UTC; not used in recorded input
     */
    public void first(Rule rule, Sighting event, String join, long now) {
        String id = id(rule, event, join);
        Pair pair = get(id);
        pair.first(event.at());
        settle(id, rule, pair, now);
    }

    /** Something followed; see {@link #first}. */
    public void followed(Rule rule, Sighting event, String join, long now) {
        String id = id(rule, event, join);
        Pair pair = get(id);
        pair.followed(event);
        settle(id, rule, pair, now);
    }

    private static String id(Rule rule, Sighting event, String join) {
        return KeyParts.join(rule.id(), event.visitor(), join);
    }

    private void settle(String id, Rule rule, Pair pair, long now) {
        pair.waitsTooLong(recorded ? MOST_RECORDED : MOST_WAITING).ifPresent(follower -> {
            if (follower.sighting().at() >= watchedFrom(rule)) {
                follower.isDue();
            } else {
                pair.leaveOut(follower, rule.terms().getSequence());
            }
        });
        judge(rule, pair, now);
        pair.leaveOutJudged(rule.terms().getSequence());
        long next = recorded ? 1 : nextLook(rule, pair);
        if (next < Long.MAX_VALUE && (pair.lookAt() == 0 || next < pair.lookAt())) {
            pair.lookAt(Math.max(1, next));
            timers.set(pair.lookAt(), id);
        }
        if (!recorded) {
            Due later = timerToForget(rule, pair, KeyParts.withoutLast(id));
            if (forgetting.add(later)) {
                timers.set(later.at(), later.id());
            }
        }
        store.put(ByteStores.key(id), pair.encode(bytes));
    }

    /** By rule and visitor, which their keys have in common; each visitor's hours begin elsewhere, so that not all are due at once. */
    private Due timerToForget(Rule rule, Pair pair, String visitor) {
        long offset = Math.floorMod(visitor.hashCode(), FORGETTING);
        long hour = Math.floorDiv(forgottenAt(rule, pair) - offset, FORGETTING) + 1;
        return new Due(hour * FORGETTING + offset, visitor);
    }

    /** Whether a timer is to forget pairs of a visitor, and not to look at one. */
    private static boolean isOfVisitor(String id) {
        return KeyParts.split(id).size() == 2;
    }

    private void judge(Rule rule, Pair pair, long now) {
        for (Follower follower : pair.followers()) {
            boolean wrong = pair.isWrong(follower, rule.terms().getSequence());
            if (wrong != follower.isFaulty()) {
                // What an earlier version found is taken back in its name: by now the rule may only watch.
                Rule judge =
                        wrong ? rule : rules.find(rule.id(), follower.foundBy()).orElse(rule);
                long date = verdictDate.applyAsLong(follower.sighting().at());
                long decidedAt = follower.decide(wrong, rule.version(), date);
                found.found(judge, follower.sighting(), wrong, decidedAt, now);
            }
        }
    }

    /** When it is to be said that a first is missing; {@link Long#MAX_VALUE} if none is. */
    private long nextLook(Rule rule, Pair pair) {
        return pair.followers().stream()
                .filter(Follower::waits)
                .filter(follower -> follower.sighting().at() >= watchedFrom(rule))
                .mapToLong(follower -> follower.sighting().at() + GRACE)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private long forgottenAt(Rule rule, Pair pair) {
        return pair.lastAt().orElse(0) + rule.span() + GRACE + lateness;
    }

    /** Before this nothing is missing: what should have come before may have, when nobody watched yet. */
    private long watchedFrom(Rule rule) {
        long since = rules.since(rule.id());
        return since == Long.MIN_VALUE ? since : since + Math.max(rule.span(), lateness);
    }

    /**
     * Lets time go on: what is missing is said, and what is old is forgotten.
     *
     * @param now milliseconds UTC
     * @param reached how far the input has come, milliseconds UTC
     * @param most so many pairs at once
     */
    public void advance(long now, long reached, int most) {
        for (Due due : timers.take(reached + 1, most)) {
            if (isOfVisitor(due.id())) {
                forgetting.remove(due);
                forget(due.id(), reached);
            } else {
                look(due, now, reached);
            }
        }
    }

    private void look(Due due, long now, long reached) {
        Pair pair = get(due.id());
        if (pair.lookAt() != due.at()) {
            return;
        }
        Optional<Rule> rule = rule(due.id());
        if (rule.isEmpty()) {
            store.delete(ByteStores.key(due.id()));
            return;
        }
        pair.lookAt(0);
        long from = watchedFrom(rule.get());
        pair.followers().stream()
                .filter(follower -> follower.sighting().at() + GRACE <= reached)
                .filter(follower -> follower.sighting().at() >= from)
                .forEach(Follower::isDue);
        settle(due.id(), rule.get(), pair, now);
    }

    /** Forgets what is old of a visitor; what is not, also by other terms of the rule than before, has a timer for its own hour. */
    private void forget(String visitor, long reached) {
        Optional<Rule> rule = rule(visitor);
        List<Bytes> old = new ArrayList<>();
        Set<Due> later = new HashSet<>();
        // '}' is the character after '|', which every key of the visitor has there.
        try (KeyValueIterator<Bytes, byte[]> pairs =
                store.range(ByteStores.key(visitor + "|"), ByteStores.key(visitor + "}"))) {
            while (pairs.hasNext()) {
                KeyValue<Bytes, byte[]> entry = pairs.next();
                Pair pair = Pair.decode(entry.value);
                if (rule.isEmpty() || forgottenAt(rule.get(), pair) <= reached) {
                    old.add(entry.key);
                } else {
                    later.add(timerToForget(rule.get(), pair, visitor));
                }
            }
        }
        old.forEach(store::delete);
        later.forEach(due -> timers.set(due.at(), due.id()));
    }

    /**
     * Says what is missing, at the end of recorded input.
     *
     * @param most so many pairs at once
     * @return whether nothing is left
     */
    public boolean end(int most) {
        List<Due> all = timers.take(Long.MAX_VALUE, most);
        for (Due due : all) {
            Pair pair = get(due.id());
            pair.followers().forEach(Follower::isDue);
            rule(due.id()).ifPresent(rule -> judge(rule, pair, 0));
            pair.lookAt(0);
            store.put(ByteStores.key(due.id()), pair.encode(bytes));
        }
        return all.isEmpty();
    }

    /** The rule of a pair, while it looks at anything. */
    private Optional<Rule> rule(String id) {
        return rules.current(KeyParts.first(id))
                .filter(Rule::isOn)
                .filter(rule -> rule.terms().getSequence() != null);
    }

    private Pair get(String id) {
        byte[] value = store.get(ByteStores.key(id));
        return value == null ? new Pair() : Pair.decode(value);
    }
}
