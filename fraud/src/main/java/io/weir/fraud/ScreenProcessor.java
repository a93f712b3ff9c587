package io.weir.fraud;

import io.micrometer.core.instrument.Counter;
import io.weir.core.feature.FeatureContext;
import io.weir.core.time.ReadTime;
import io.weir.core.time.StreamClock;
import io.weir.core.topic.KeyParts;
import io.weir.fraud.hop.FraudInput;
import io.weir.fraud.hop.FraudInput.Counted;
import io.weir.fraud.hop.FraudInput.Happened;
import io.weir.fraud.hop.FraudInput.Listed;
import io.weir.fraud.hop.FraudInput.Ruled;
import io.weir.fraud.hop.FraudInput.Summed;
import io.weir.fraud.hop.FraudInputCodec;
import io.weir.fraud.integrity.TokenFault;
import io.weir.fraud.ratio.RatioSums;
import io.weir.fraud.rule.Rule;
import io.weir.fraud.rule.RuleBook;
import io.weir.fraud.sequence.PairBook;
import io.weir.fraud.watch.Sighting;
import io.weir.fraud.watch.WatchBook;
import io.weir.schemas.Event;
import io.weir.schemas.RuleKind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Shows each event to the rules that look at its kind. What counts under a key of its visitor is counted here; what counts under
 * another key goes on to the task of that key.
 */
final class ScreenProcessor implements Processor<String, FraudInput, String, Object> {

    /** Node that what counts elsewhere is forwarded to, by key. */
    static final String TO_KEYS = "to-keys";

    private static final String STAGE = FraudTopology.VISITOR.stage();
    private static final Duration TICK = Duration.ofMillis(250);
    /** Sums of ratios judge hours: a second or two more changes nothing, and each costs two stores and a hop a record. */
    private static final Duration BETWEEN_SUMS = Duration.ofSeconds(2);
    /** Keys and pairs that are looked at in a tick: each some 20 µs, so a tick some 80 ms at most. */
    private static final int AT_ONCE = 2_000;
    /** At the end of recorded input nothing else waits. */
    private static final int AT_THE_END = 50_000;

    private final FeatureContext feature;
    private final FraudSettings settings;
    private final FraudStores stores;
    private final ReadTime time;
    private final FraudInputCodec codec;
    private final Counter late;

    private ProcessorContext<String, Object> context;
    private StreamClock.Duty duty;
    private boolean recorded;
    private RuleBook rules;
    private WatchBook watch;
    private PairBook pairs;
    private TokenScreen tokens;
    private RatioSums ratios;

    ScreenProcessor(FeatureContext feature, FraudSettings settings, FraudStores stores, Set<String> sources) {
        this.feature = feature;
        this.settings = settings;
        this.stores = stores;
        this.time = new ReadTime(feature.clock(), feature.progress(), sources);
        this.codec = stores.codec();
        this.late = Counter.builder("weir.fraud.late")
                .description("Events that came too late for rules that count")
                .register(feature.meters());
    }

    @Override
    public void init(ProcessorContext<String, Object> task) {
        context = task;
        duty = feature.clock().duty(StreamClock.Stage.EVENTS, "fraud " + task.taskId());
        recorded = duty.phase() != StreamClock.Phase.LIVE;
        rules = stores.rules(task, STAGE);
        long lateness = settings.lateness().toMillis();
        watch = new WatchBook(
                FraudTopology.VISITOR,
                rules,
                task,
                new Outcomes(task, STAGE, feature.meters()),
                lateness,
                recorded,
                this::verdictDate);
        tokens = new TokenScreen(feature, settings);
        ratios = new RatioSums(task);
        pairs = new PairBook(rules, task, this::found, lateness, recorded, this::verdictDate);
        task.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
        task.schedule(BETWEEN_SUMS, PunctuationType.WALL_CLOCK_TIME, timestamp -> ratios.send(this::send));
    }

    @Override
    public void process(Record<String, FraudInput> record) {
        FraudInput input = record.value();
        if (input instanceof Happened happened) {
            time.seen(record.timestamp());
            if (!rules.isStarted()) {
                rules.start();
            }
            screen(happened.event());
        } else if (input instanceof Ruled ruled) {
            stores.apply(ruled, rules, missedUpTo());
            // To every task of keys: what counts for the rule comes after it on the same way.
            byte[] bytes = codec.encode(ruled);
            context.forward(new Record<>(ruled.id(), bytes, record.timestamp()), TO_KEYS);
        } else {
            stores.apply((Listed) input, rules);
        }
    }

    /** What a rule that comes now was not shown. One that is there before any event misses none; after a restart the newest is not known. */
    private long missedUpTo() {
        if (recorded || !rules.isStarted()) {
            return Long.MIN_VALUE;
        }
        return time.newest() == 0 ? feature.clock().millis() : time.newest();
    }

    private void screen(Event event) {
        boolean inTime = isInTime(event);
        if (!inTime) {
            late.increment();
        }
        Sighting sighting = null;
        for (Rule rule : rules.on(event.getKind())) {
            if (sighting == null) {
                sighting = Sighting.of(event);
            }
            // By itself an event may be looked at however late; with others it counts only in time.
            if (inTime || rule.kind() == RuleKind.MATCH || rule.kind() == RuleKind.INTEGRITY) {
                show(rule, event, sighting);
            }
        }
    }

    private void show(Rule rule, Event event, Sighting sighting) {
        if (rule.kind() == RuleKind.SEQUENCE) {
            pair(rule, event, sighting);
        } else if (rules.concerns(rule, event)) {
            switch (rule.kind()) {
                case INTEGRITY -> attest(rule, event, sighting);
                case RATIO -> rule.key(event).ifPresent(key -> ratios.count(rule, key, event.getKind(), sighting.at()));
                default -> count(rule, event, sighting);
            }
        }
    }

    private boolean isInTime(Event event) {
        long behind = event.getOrigin().getClock().toEpochMilli()
                - event.getOccurredAt().toEpochMilli();
        return behind <= settings.lateness().toMillis();
    }

    private void pair(Rule rule, Event event, Sighting sighting) {
        Optional<String> join = rule.join(event);
        if (join.isEmpty()) {
            return;
        }
        if (!rule.on().contains(event.getKind())) {
            pairs.first(rule, sighting, join.get(), now());
        } else if (rules.concerns(rule, event)) {
            pairs.followed(rule, sighting, join.get(), now());
        }
    }

    private void attest(Rule rule, Event event, Sighting sighting) {
        tokens.look(rule, event, new TokenScreen.Output() {
            @Override
            public void faulty(TokenFault fault) {
                String key = fault.key(sighting.visitor());
                watch.broke(rule, key, sighting, verdictDate(sighting.at()), now());
            }

            @Override
            public void used(String nonce) {
                // To the task of its nonce, in the order of receipt: when it occurred is what its sender says.
                Sighting received = sighting.received(event.getReceivedAt().toEpochMilli());
                send(new Counted(rule.id(), rule.version(), TokenFault.REPLAYED.key(nonce), received, 1L));
            }
        });
    }

    private void found(Rule rule, Sighting follower, boolean faulty, long decidedAt, long now) {
        String key = KeyParts.join(follower.visitor());
        if (faulty) {
            watch.broke(rule, key, follower, decidedAt, now);
        } else {
            watch.takeBack(rule, key, follower, decidedAt, now);
        }
    }

    private void count(Rule rule, Event event, Sighting sighting) {
        Optional<String> key = rule.key(event);
        Optional<Object> amount = rule.measured(event);
        if (key.isEmpty() || amount.isEmpty()) {
            return;
        }
        if (rule.isOfVisitor()) {
            watch.take(rule, key.get(), sighting, amount.get(), now());
        } else {
            send(new Counted(rule.id(), rule.version(), key.get(), sighting, amount.get()));
        }
    }

    private void send(String rule, long version, String key, long hour, long of, long among) {
        Summed summed = new Summed(rule, version, key, hour, of, among);
        context.forward(new Record<>(key, codec.encode(summed), Math.max(0, time.newest())), TO_KEYS);
    }

    private void send(Counted counted) {
        long at = Math.max(0, counted.event().at());
        context.forward(new Record<>(counted.key(), codec.encode(counted), at), TO_KEYS);
    }

    /** How far events have been read, and not the wall clock: what is read after an outage is not judged late for it. */
    private long verdictDate(long eventTime) {
        return recorded ? eventTime : time.known();
    }

    private long now() {
        return recorded ? 0 : feature.clock().millis();
    }

    private void tick() {
        switch (duty.phase()) {
            case LIVE -> {
                long now = feature.clock().millis();
                long reached = time.reached();
                pairs.advance(now, reached, AT_ONCE);
                watch.advance(now, reached, AT_ONCE);
            }
            case HELD -> {}
            case ENDED -> {
                ratios.send(this::send);
                // What is missing is found first, and makes alerts.
                if (pairs.end(AT_THE_END) && watch.end(AT_THE_END)) {
                    duty.settled();
                }
            }
        }
    }

    @Override
    public void close() {
        duty.close();
    }
}
