package io.weir.fraud.watch;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.DueStore;
import io.weir.core.state.DueStore.Due;
import io.weir.core.topic.KeyParts;
import io.weir.fraud.rule.Rule;
import io.weir.fraud.rule.RuleBook;
import io.weir.schemas.FraudAlertStatus;
import io.weir.schemas.RuleAction;
import io.weir.schemas.VerdictStatus;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** The one writer of a task's keys: counts events, gives verdicts at once, and says of alerts what is new, but not too often. */
public final class WatchBook {

    /** A burst is one alert, and its growth is said so often, milliseconds. */
    private static final long BETWEEN_UPDATES = 30_000;
    /** What the partitions of a topic are apart when all goes well: an alert is closed so long after its end, milliseconds. */
    private static final long GRACE = 10_000;

    /** Alerts that are closed are known until nothing late can join them, but of a key that is always breaking no more: each is 100 bytes. */
    private static final int MOST_EPISODES = 200;

    private final KeyValueStore<Bytes, byte[]> store;
    private final DueStore timers;
    private final RuleBook rules;
    private final WatchOutput out;
    private final long lateness;
    private final boolean recorded;
    private final LongUnaryOperator verdictDate;
    private final ByteWriter bytes = new ByteWriter();
    /**
     * Keys of which there is something to say, by the wall clock: the timers go as far as events have been read, which after an outage is
     * hours less. After a restart they say it then.
     */
    private final NavigableSet<Due> unsaid =
            new TreeSet<>(Comparator.comparingLong(Due::at).thenComparing(Due::id));

    /**
     * Opens the stores of a task.
     *
     * @param lateness how much later than others an event may come, milliseconds
     * @param recorded whether the input is recorded: alerts leave at its end
     * @param verdictDate what the verdict on an event of a time is dated, both milliseconds UTC
     */
    public WatchBook(
            WatchStores stores,
            RuleBook rules,
            ProcessorContext<?, ?> context,
            WatchOutput out,
            long lateness,
            boolean recorded,
            LongUnaryOperator verdictDate) {
        this.store = context.getStateStore(stores.keys());
        this.timers = new DueStore(context.getStateStore(stores.timers()));
        this.rules = rules;
        this.out = out;
        this.lateness = lateness;
        this.recorded = recorded;
        this.verdictDate = verdictDate;
    }

    /**
     * An event counts for a rule.
     *
     * @param key of the rule's group
     * @param amount what of it is added up ({@link Long}), or counted as different ({@link String})
     * @param now milliseconds UTC; not used in recorded input
     */
    public void take(Rule rule, String key, Sighting event, Object amount, long now) {
        String id = id(rule, key);
        Watched watched = getOrCarry(id, rule, key);
        boolean known = isKnown(rule, watched, event, rule.isOfVisitor());
        Velocity velocity = new Velocity(rule, watched);
        velocity.take(event, amount, lateness);
        if (!known) {
            velocity.judged().forEach(judged -> judge(rule, judged, verdictDate.applyAsLong(judged.at())));
        }
        tell(id, rule, key, watched, velocity, event.at(), now);
    }

    /**
     * An event of a visitor breaks a rule by itself, whatever else its limits say; see {@link #take}.
     *
     * @param decidedAt what the verdict is dated, milliseconds UTC
     */
    public void broke(Rule rule, String key, Sighting event, long decidedAt, long now) {
        String id = id(rule, key);
        Watched watched = get(id);
        boolean known = isKnown(rule, watched, event, true);
        Velocity velocity = new Velocity(rule, watched);
        velocity.broke(event);
        if (!known) {
            judge(rule, event, decidedAt);
        }
        tell(id, rule, key, watched, velocity, event.at(), now);
    }

    /** Where a key is one visitor's, one verdict on that visitor is enough for an alert. */
    private static boolean isKnown(Rule rule, Watched watched, Sighting event, boolean ofVisitor) {
        return rule.judgesVisitors() && ofVisitor && watched.isBreakingAt(event.at());
    }

    private void tell(String id, Rule rule, String key, Watched watched, Velocity velocity, long at, long now) {
        long read = verdictDate.applyAsLong(at);
        watched.episodes().stream().filter(episode -> episode.covers(at)).forEach(episode -> episode.touched(read));
        velocity.withdrawn().forEach(start -> out.alert(rule, AlertText.withdrawn(rule, key, start, now)));
        settle(id, rule, key, watched, now, Long.MIN_VALUE);
    }

    /**
     * An event that had broken a rule did not, as is known now.
     *
     * @param rule the version that had found it
     * @param decidedAt what the verdict is dated, milliseconds UTC; after that which it takes back
     */
    public void takeBack(Rule rule, String key, Sighting event, long decidedAt, long now) {
        String id = id(rule, key);
        Watched watched = get(id);
        Velocity velocity = new Velocity(rule, watched);
        velocity.didNotBreak(event);
        if (rule.judges()) {
            out.verdict(rule, event, VerdictStatus.CLEARED, decidedAt);
        }
        tell(id, rule, key, watched, velocity, event.at(), now);
    }

    private void judge(Rule rule, Sighting event, long decidedAt) {
        if (rule.judges()) {
            VerdictStatus status =
                    rule.terms().getAction() == RuleAction.INVALIDATE ? VerdictStatus.INVALID : VerdictStatus.SUSPECT;
            out.verdict(rule, event, status, decidedAt);
        }
    }

    /** Says what is new, sets the timer, and keeps the key; or forgets it if nothing is left of it. */
    private void settle(String id, Rule rule, String key, Watched watched, long now, long reached) {
        if (watched.isEmpty()) {
            store.delete(ByteStores.key(id));
            return;
        }
        if (!recorded) {
            for (Episode episode : watched.episodes()) {
                if (episode.isChanged() && now >= episode.sayNextAt()) {
                    say(rule, key, episode, now, false);
                }
                if (now < episode.sayNextAt() && (episode.isChanged() || !episode.isClosed())) {
                    unsaid.add(new Due(episode.sayNextAt(), id));
                }
            }
        }
        watched.leaveOutClosed(MOST_EPISODES);
        long next = recorded ? 1 : nextLook(rule, watched, reached);
        if (watched.lookAt() == 0 || next < watched.lookAt()) {
            watched.lookAt(Math.max(1, next));
            timers.set(watched.lookAt(), id);
        }
        store.put(ByteStores.key(id), watched.encode(bytes));
    }

    private void say(Rule rule, String key, Episode episode, long now, boolean over) {
        FraudAlertStatus status = over
                ? FraudAlertStatus.CLOSED
                : episode.isOpened() ? FraudAlertStatus.UPDATED : FraudAlertStatus.OPENED;
        episode.said(now + BETWEEN_UPDATES, over);
        out.alert(rule, AlertText.of(rule, key, episode, status, now));
    }

    private long nextLook(Rule rule, Watched watched, long reached) {
        long next = Long.MAX_VALUE;
        for (Episode episode : watched.episodes()) {
            next = Math.min(next, nextLook(episode, reached));
        }
        return Math.min(next, forgottenAt(rule, watched));
    }

    private long nextLook(Episode episode, long reached) {
        long end = episode.until() + GRACE;
        long over = end > reached ? end : episode.overAt(end);
        if (!episode.isClosed()) {
            return episode.isChanged() ? Math.min(over, episode.sayNextAt()) : over;
        }
        long forgotten = episode.forgottenAt(lateness);
        return episode.isChanged() ? Math.min(forgotten, over) : forgotten;
    }

    private long forgottenAt(Rule rule, Watched watched) {
        long last = watched.lastAt(rule.longestWindow());
        return last == Long.MIN_VALUE ? Long.MAX_VALUE : last + 2 * rule.longestWindow() + lateness;
    }

    /**
     * Lets time go on: alerts are updated and closed, and what is old is forgotten.
     *
     * @param now milliseconds UTC
     * @param reached how far the input has come, milliseconds UTC; at most {@code now}
     * @param most so many keys at once
     */
    public void advance(long now, long reached, int most) {
        for (int said = 0; said < most && !unsaid.isEmpty() && unsaid.first().at() <= now; said++) {
            String id = unsaid.pollFirst().id();
            Watched watched = get(id);
            if (!watched.isEmpty()) {
                look(id, watched, now, reached);
            }
        }
        for (Due due : timers.take(reached + 1, most)) {
            Watched watched = get(due.id());
            if (watched.lookAt() == due.at()) {
                watched.lookAt(0);
                look(due.id(), watched, now, reached);
            }
        }
    }

    private void look(String id, Watched watched, long now, long reached) {
        List<String> parts = KeyParts.split(id);
        Optional<Rule> rule = rules.find(parts.get(0), Long.parseLong(parts.get(1)));
        if (rule.isEmpty()) {
            store.delete(ByteStores.key(id));
            return;
        }
        String key = parts.get(2);
        for (Episode episode : List.copyOf(watched.episodes())) {
            boolean forgotten = episode.forgottenAt(lateness) <= reached;
            if (episode.isOver(episode.until() + GRACE, reached, now) || (forgotten && !episode.isSaid())) {
                if (!episode.isOpened()) {
                    say(rule.get(), key, episode, now, false);
                }
                say(rule.get(), key, episode, now, true);
            }
            if (episode.isClosed() && forgotten) {
                watched.episodes().remove(episode);
            }
        }
        if (forgottenAt(rule.get(), watched) <= reached) {
            watched.forgetEvents();
        }
        settle(id, rule.get(), key, watched, now, reached);
    }

    /**
     * Gives out every alert, at the end of recorded input.
     *
     * @param most so many keys at once
     * @return whether nothing is left
     */
    public boolean end(int most) {
        List<Due> all = timers.take(Long.MAX_VALUE, most);
        for (Due due : all) {
            Watched watched = get(due.id());
            List<String> parts = KeyParts.split(due.id());
            rules.find(parts.get(0), Long.parseLong(parts.get(1))).ifPresent(rule -> {
                for (Episode episode : watched.episodes()) {
                    say(rule, parts.get(2), episode, episode.last(), false);
                    say(rule, parts.get(2), episode, episode.last(), true);
                }
            });
            watched.lookAt(0);
            store.put(ByteStores.key(due.id()), watched.encode(bytes));
        }
        return all.isEmpty();
    }

    /** A key that is new to a version of a rule begins with what earlier ones have counted of it; their alerts stay theirs. */
    private Watched getOrCarry(String id, Rule rule, String key) {
        Watched watched = get(id);
        if (watched.isEmpty()) {
            rules.countedBefore(rule).stream()
                    .map(earlier -> get(id(earlier, key)))
                    .filter(earlier -> !earlier.events().isEmpty())
                    .findFirst()
                    .ifPresent(watched::carry);
        }
        return watched;
    }

    private Watched get(String id) {
        byte[] value = store.get(ByteStores.key(id));
        return value == null ? new Watched() : Watched.decode(value);
    }

    private static String id(Rule rule, String key) {
        return KeyParts.join(rule.id(), Long.toString(rule.version()), key);
    }
}
