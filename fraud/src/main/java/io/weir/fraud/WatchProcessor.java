package io.weir.fraud;

import io.weir.core.feature.FeatureContext;
import io.weir.core.time.ReadTime;
import io.weir.core.time.StreamClock;
import io.weir.fraud.hop.FraudInput;
import io.weir.fraud.hop.FraudInput.Counted;
import io.weir.fraud.hop.FraudInput.Ruled;
import io.weir.fraud.hop.FraudInput.Summed;
import io.weir.fraud.ratio.RatioBook;
import io.weir.fraud.rule.RuleBook;
import io.weir.fraud.watch.WatchBook;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Counts what counts under keys that are no visitor's, and judges their ratios. */
final class WatchProcessor implements Processor<String, FraudInput, String, Object> {

    private static final String STAGE = FraudTopology.KEY.stage();
    private static final Duration TICK = Duration.ofMillis(250);
    /** Keys that are looked at in a tick: each some 20 µs, so a tick some 40 ms at most. */
    private static final int AT_ONCE = 2_000;
    /** At the end of recorded input nothing else waits. */
    private static final int AT_THE_END = 50_000;

    private final FeatureContext feature;
    private final FraudSettings settings;
    private final FraudStores stores;
    private final Set<String> sources;

    private ReadTime time;
    private StreamClock.Duty duty;
    private boolean recorded;
    private RuleBook rules;
    private WatchBook watch;
    private RatioBook ratios;

    /** @param sources names of the topics whose events it must have been given before time goes on without them */
    WatchProcessor(FeatureContext feature, FraudSettings settings, FraudStores stores, Set<String> sources) {
        this.feature = feature;
        this.settings = settings;
        this.stores = stores;
        this.sources = sources;
    }

    @Override
    public void init(ProcessorContext<String, Object> task) {
        duty = feature.clock().duty(StreamClock.Stage.EVENTS, "fraud keys " + task.taskId());
        recorded = duty.phase() != StreamClock.Phase.LIVE;
        Set<String> inputs = new HashSet<>(sources);
        inputs.add(task.applicationId() + "-" + FraudTopology.BY_KEY + "-repartition");
        time = new ReadTime(feature.clock(), feature.progress(), inputs);
        rules = stores.rules(task, STAGE);
        long lateness = settings.lateness().toMillis();
        Outcomes outcomes = new Outcomes(task, STAGE, feature.meters());
        watch = new WatchBook(FraudTopology.KEY, rules, task, outcomes, lateness, recorded, this::verdictDate);
        ratios = new RatioBook(rules, task, outcomes::alert, lateness, recorded);
        task.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
    }

    @Override
    public void process(Record<String, FraudInput> record) {
        FraudInput input = record.value();
        if (input instanceof Ruled ruled) {
            stores.apply(ruled, rules, Long.MIN_VALUE);
        } else if (input instanceof Counted counted) {
            time.seen(counted.event().at());
            long now = recorded ? 0 : feature.clock().millis();
            rules.find(counted.rule(), counted.version())
                    .ifPresent(rule -> watch.take(rule, counted.key(), counted.event(), counted.amount(), now));
        } else if (input instanceof Summed summed) {
            time.seen(record.timestamp());
            long now = recorded ? 0 : feature.clock().millis();
            rules.find(summed.rule(), summed.version())
                    .ifPresent(rule -> ratios.add(rule, summed.key(), summed.hour(), summed.of(), summed.among(), now));
        }
    }

    /** As in {@link ScreenProcessor}. */
    private long verdictDate(long eventTime) {
        return recorded ? eventTime : time.known();
    }

    private void tick() {
        switch (duty.phase()) {
            case LIVE -> {
                long now = feature.clock().millis();
                long reached = time.reached();
                watch.advance(now, reached, AT_ONCE);
                ratios.advance(now, reached, AT_ONCE);
            }
            case HELD -> {}
            case ENDED -> {
                if (watch.end(AT_THE_END) && ratios.end(AT_THE_END)) {
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
