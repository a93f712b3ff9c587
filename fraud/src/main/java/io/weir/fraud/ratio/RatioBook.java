package io.weir.fraud.ratio;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.DueStore;
import io.weir.core.state.DueStore.Due;
import io.weir.core.state.StoreNote;
import io.weir.core.topic.KeyParts;
import io.weir.fraud.ratio.RatioWatch.Said;
import io.weir.fraud.rule.Rule;
import io.weir.fraud.rule.RuleBook;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The ratios of a task's keys: an hour that is too high is one alert, opened as it fills and closed when no event can change it. */
public final class RatioBook {

    private static final String RATIOS = "fraud-key-ratios";
    private static final String TIMERS = "fraud-key-ratio-timers";
    private static final long BETWEEN_UPDATES = 30_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final DueStore timers;
    private final RuleBook rules;
    private final BiConsumer<Rule, FraudAlert> out;
    private final long lateness;
    private final boolean recorded;
    private final ByteWriter bytes = new ByteWriter();

    /**
     * Opens the stores of a task.
     *
     * @param lateness how much later than others an event may come, milliseconds
     * @param recorded whether the input is recorded: alerts leave at its end
     */
    public RatioBook(
            RuleBook rules,
            ProcessorContext<?, ?> context,
            BiConsumer<Rule, FraudAlert> out,
            long lateness,
            boolean recorded) {
        this.store = context.getStateStore(RATIOS);
        this.timers = new DueStore(context.getStateStore(TIMERS));
        this.rules = rules;
        this.out = out;
        this.lateness = lateness;
        this.recorded = recorded;
    }

    /** How its stores are built: keys are few, and each is written for every other second of each task of visitors. */
    public static Set<StoreBuilder<?>> builders() {
        return Set.of(ByteStores.persistent(RATIOS).withCachingEnabled(), ByteStores.persistent(TIMERS));
    }

    /** What its stores hold. */
    public static List<StoreNote> notes() {
        return List.of(
                new StoreNote(
                        RATIOS,
                        "rule|version|key (UTF-8)",
                        "what was counted in each hour of the last week, and its open alerts",
                        "a week and weir.fraud.lateness after the last event",
                        "1 kB a key",
                        "yes: few keys, written again and again"),
                new StoreNote(
                        TIMERS,
                        "time that is due (8 bytes), rule|version|key (UTF-8)",
                        "one byte",
                        "until it is due",
                        "one for each key",
                        "no: written once an hour, read in order"));
    }

    /**
     * So much more was counted.
     *
     * @param hour hours since 1970, UTC
     * @param now milliseconds UTC; not used in recorded input
     */
    public void add(Rule rule, String key, long hour, long of, long among, long now) {
        String id = id(rule, key);
        RatioWatch watch = getOrCarry(id, rule, key);
        say(rule, key, watch, ratio(rule).add(watch.hours(), hour, of, among), now);
        settle(id, rule, watch);
    }

    private Ratio ratio(Rule rule) {
        return new Ratio(rule.terms().getRatio(), lateness);
    }

    private void say(Rule rule, String key, RatioWatch watch, List<Judgement> judgements, long now) {
        for (Judgement judgement : judgements) {
            if (watch.isOver(judgement.hour())) {
                continue;
            }
            if (judgement.last()) {
                close(rule, key, watch, judgement, recorded ? Hours.start(judgement.hour() + 1) - 1 : now);
                watch.over(judgement.hour() + 1);
            } else if (judgement.isTooHigh() && !recorded) {
                open(rule, key, watch, judgement, now);
            }
        }
    }

    private void open(Rule rule, String key, RatioWatch watch, Judgement judgement, long now) {
        Said said = watch.said().get(judgement.hour());
        if (said == null || now >= said.nextAt()) {
            FraudAlertStatus status = said == null ? FraudAlertStatus.OPENED : FraudAlertStatus.UPDATED;
            out.accept(rule, RatioAlert.of(rule, key, judgement, status, now));
            watch.said().put(judgement.hour(), new Said(judgement.ratio(), now + BETWEEN_UPDATES));
        }
    }

    private void close(Rule rule, String key, RatioWatch watch, Judgement judgement, long now) {
        boolean opened = watch.said().remove(judgement.hour()) != null;
        if (judgement.isTooHigh()) {
            if (!opened) {
                out.accept(rule, RatioAlert.of(rule, key, judgement, FraudAlertStatus.OPENED, now));
            }
            out.accept(rule, RatioAlert.of(rule, key, judgement, FraudAlertStatus.CLOSED, now));
        } else if (opened) {
            out.accept(rule, RatioAlert.withdrawn(rule, key, judgement.hour(), now));
        }
    }

    private void settle(String id, Rule rule, RatioWatch watch) {
        long next = recorded ? 1 : ratio(rule).completeAt(watch.hours().newest());
        if (watch.lookAt() == 0 || next < watch.lookAt()) {
            watch.lookAt(next);
            timers.set(next, id);
        }
        store.put(ByteStores.key(id), watch.encode(bytes));
    }

    /**
     * Lets time go on: hours get their last word, and keys that are old are forgotten.
     *
     * @param now milliseconds UTC
     * @param reached how far the input has come, milliseconds UTC; at most {@code now}
     * @param most so many keys at once
     */
    public void advance(long now, long reached, int most) {
        for (Due due : timers.take(reached + 1, most)) {
            RatioWatch watch = get(due.id());
            if (watch.lookAt() == due.at()) {
                watch.lookAt(0);
                look(due.id(), watch, now, reached);
            }
        }
    }

    private void look(String id, RatioWatch watch, long now, long reached) {
        List<String> parts = KeyParts.split(id);
        Optional<Rule> rule = rules.find(parts.get(0), Long.parseLong(parts.get(1)));
        if (rule.isEmpty()) {
            store.delete(ByteStores.key(id));
            return;
        }
        Ratio ratio = ratio(rule.get());
        say(rule.get(), parts.get(2), watch, ratio.complete(watch.hours(), reached), now);
        long forgotten = ratio.forgottenAt(watch.hours());
        if (forgotten <= reached) {
            store.delete(ByteStores.key(id));
            return;
        }
        long completeAt = ratio.completeAt(watch.hours().newest());
        watch.lookAt(completeAt > reached ? completeAt : forgotten);
        timers.set(watch.lookAt(), id);
        store.put(ByteStores.key(id), watch.encode(bytes));
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
            RatioWatch watch = get(due.id());
            List<String> parts = KeyParts.split(due.id());
            rules.find(parts.get(0), Long.parseLong(parts.get(1)))
                    .ifPresent(rule ->
                            say(rule, parts.get(2), watch, ratio(rule).complete(watch.hours(), Long.MAX_VALUE), 0));
            watch.lookAt(0);
            store.put(ByteStores.key(due.id()), watch.encode(bytes));
        }
        return all.isEmpty();
    }

    /** A key that is new to a version of a rule begins with the hours that earlier ones have counted of it. */
    private RatioWatch getOrCarry(String id, Rule rule, String key) {
        return find(id).orElseGet(() -> rules.countedBefore(rule).stream()
                .flatMap(earlier -> find(id(earlier, key)).stream())
                .findFirst()
                .map(RatioWatch::withoutAlerts)
                .orElseGet(RatioWatch::new));
    }

    private RatioWatch get(String id) {
        return find(id).orElseGet(RatioWatch::new);
    }

    private Optional<RatioWatch> find(String id) {
        return Optional.ofNullable(store.get(ByteStores.key(id))).map(RatioWatch::decode);
    }

    private static String id(Rule rule, String key) {
        return KeyParts.join(rule.id(), Long.toString(rule.version()), key);
    }
}
