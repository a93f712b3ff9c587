package io.weir.fraud;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.weir.core.topic.KeyParts;
import io.weir.fraud.rule.Rule;
import io.weir.fraud.watch.Sighting;
import io.weir.fraud.watch.WatchOutput;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import io.weir.schemas.VerdictSubject;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Forwards what rules come to, to the nodes of a stage that write it. */
final class Outcomes implements WatchOutput {

    private static final double MEDIAN = 0.5;
    private static final double HIGH = 0.99;

    private final ProcessorContext<String, Object> context;
    private final String stage;
    private final MeterRegistry meters;
    private final Timer latency;

    Outcomes(ProcessorContext<String, Object> context, String stage, MeterRegistry meters) {
        this.context = context;
        this.stage = stage;
        this.meters = meters;
        this.latency = Timer.builder("weir.fraud.alert.latency")
                .description(
                        "From the event that opened an alert, by its own time, to the alert; without the commit that makes"
                                + " it known")
                .publishPercentiles(MEDIAN, HIGH)
                .register(meters);
    }

    /** Node that a stage's alerts are forwarded to. */
    static String alerts(String stage) {
        return stage + "-alerts";
    }

    /** Node that a stage's verdicts on events are forwarded to. */
    static String verdicts(String stage) {
        return stage + "-verdicts";
    }

    /** Node that a stage's verdicts on visitors are forwarded to. */
    static String visitorVerdicts(String stage) {
        return stage + "-visitor-verdicts";
    }

    @Override
    public void alert(Rule rule, FraudAlert alert) {
        count(rule, alert);
        long at = alert.getDecidedAt().toEpochMilli();
        context.forward(new Record<>(alert.getKey(), alert, Math.max(0, at)), alerts(stage));
    }

    private void count(Rule rule, FraudAlert alert) {
        String status = alert.getStatus().name().toLowerCase(Locale.ROOT);
        String mode = alert.getMode().name().toLowerCase(Locale.ROOT);
        Counter.builder("weir.fraud.alerts")
                .description("What was said of alerts")
                .tags("rule", rule.id(), "status", status, "mode", mode)
                .register(meters)
                .increment();
        if (alert.getStatus() == FraudAlertStatus.OPENED) {
            latency.record(
                    Math.max(
                            0,
                            alert.getDecidedAt().toEpochMilli()
                                    - alert.getLastAt().toEpochMilli()),
                    MILLISECONDS);
        }
    }

    @Override
    public void verdict(Rule rule, Sighting event, VerdictStatus status, long decidedAt) {
        Counter.builder("weir.fraud.verdicts")
                .description("Verdicts on events and visitors")
                .tags("rule", rule.id(), "status", status.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
        boolean onVisitor = rule.judgesVisitors();
        Verdict verdict = new Verdict(
                onVisitor ? VerdictSubject.VISITOR : VerdictSubject.EVENT,
                onVisitor ? null : event.eventId(),
                event.visitor(),
                event.merchant(),
                event.campaign(),
                event.kind(),
                Instant.ofEpochMilli(event.at()),
                status,
                rule.id(),
                rule.version(),
                false,
                Instant.ofEpochMilli(decidedAt));
        if (onVisitor) {
            context.forward(new Record<>(event.visitor(), verdict, decidedAt), visitorVerdicts(stage));
        } else {
            // What has no merchant is nobody's bill; it is kept beside its visitor's.
            String key = event.merchant() == null ? KeyParts.join(event.visitor()) : event.merchant();
            context.forward(new Record<>(key, verdict, decidedAt), verdicts(stage));
        }
    }
}
