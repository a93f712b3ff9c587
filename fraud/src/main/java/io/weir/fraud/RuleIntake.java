package io.weir.fraud;

import io.weir.core.feature.FeatureContext;
import io.weir.core.time.StreamClock;
import io.weir.fraud.hop.FraudInput.Ruled;
import io.weir.fraud.hop.FraudInputCodec;
import io.weir.fraud.rule.Rule;
import io.weir.fraud.rule.RuleException;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import io.weir.schemas.FraudRule;
import io.weir.schemas.RuleMode;
import io.weir.schemas.RuleSeverity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Looks at each rule once before all tasks are told of it: one that cannot be applied is an alert, and changes nothing. */
final class RuleIntake implements Processor<String, FraudRule, String, Object> {

    /** Node that rules are forwarded to. */
    static final String RULES = "good-rules";
    /** Node that alerts on rules are forwarded to. */
    static final String ALERTS = Outcomes.alerts("rule");

    private final FeatureContext feature;
    private final Set<EventKind> kinds;
    private final FraudInputCodec codec;
    private ProcessorContext<String, Object> context;
    private StreamClock clock;

    RuleIntake(FeatureContext feature, Set<EventKind> kinds, FraudInputCodec codec) {
        this.feature = feature;
        this.kinds = kinds;
        this.codec = codec;
    }

    @Override
    public void init(ProcessorContext<String, Object> task) {
        context = task;
        clock = feature.clock();
    }

    @Override
    public void process(Record<String, FraudRule> record) {
        try {
            if (record.value() != null) {
                check(record.key(), record.value());
            }
            context.forward(record.withValue(codec.encode(new Ruled(record.key(), record.value()))), RULES);
        } catch (RuleException e) {
            context.forward(record.withValue(refused(record, e)), ALERTS);
        }
    }

    private void check(String key, FraudRule rule) {
        if (!rule.getId().equals(key)) {
            throw new RuleException("id: expected the record's key");
        }
        Rule.of(rule, kinds);
    }

    private FraudAlert refused(Record<String, FraudRule> record, RuleException reason) {
        FraudRule rule = record.value();
        Instant at = Instant.ofEpochMilli(record.timestamp());
        String name = "refused|" + record.key() + "|" + rule.getVersion() + "|" + record.timestamp();
        return FraudAlert.newBuilder()
                .setAlertId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setRule(record.key())
                .setVersion(rule.getVersion())
                .setSeverity(RuleSeverity.HIGH)
                .setRoute(rule.getRoute())
                .setKey(record.key())
                .setWindowStart(at)
                .setWindowMs(null)
                .setMeasured(1)
                .setThreshold(0)
                .setFirstAt(at)
                .setLastAt(at)
                .setEvents(List.of())
                .setExplanation("The rule was refused, and what was there before it still counts. "
                        + reason.getMessage()
                        + (reason.line() == 0 ? "." : " (line " + reason.line() + ", column " + reason.column() + ")."))
                .setMode(RuleMode.LIVE)
                .setStatus(FraudAlertStatus.CLOSED)
                .setDecidedAt(Instant.ofEpochMilli(Math.max(record.timestamp(), clock.millis())))
                .build();
    }
}
