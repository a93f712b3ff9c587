package io.weir.experiments;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.weir.core.feature.FeatureContext;
import io.weir.core.time.StreamClock;
import io.weir.experiments.hop.ExperimentInput;
import io.weir.experiments.result.ResultBook;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentResults;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The one writer of a task's experiments: merges what tasks have added up, and gives out results and alerts. */
final class ResultProcessor implements Processor<String, byte[], String, Object>, ResultBook.Output {

    /** Node that results are forwarded to. */
    static final String RESULTS = "experiment-results";
    /** Node that alerts are forwarded to. */
    static final String ALERTS = "experiment-alerts";

    private static final Duration TICK = Duration.ofMillis(250);
    private static final double MEDIAN = 0.5;
    private static final double HIGH = 0.99;

    private final FeatureContext feature;
    private final Counter given;
    private final Counter alerts;
    private final Timer age;

    private ProcessorContext<String, Object> context;
    private StreamClock.Duty duty;
    private ResultBook book;

    ResultProcessor(FeatureContext feature) {
        this.feature = feature;
        this.given = Counter.builder("weir.experiments.results")
                .description("Results that were given out")
                .register(feature.meters());
        this.alerts = Counter.builder("weir.experiments.alerts")
                .description("Alerts on experiments")
                .register(feature.meters());
        this.age = Timer.builder("weir.experiments.results.age")
                .description("How old the newest event in results was when they were given out")
                .publishPercentiles(MEDIAN, HIGH)
                .register(feature.meters());
    }

    @Override
    public void init(ProcessorContext<String, Object> task) {
        context = task;
        duty = feature.clock().duty(StreamClock.Stage.TOTALS, "experiments results " + task.taskId());
        book = new ResultBook(task, this);
        task.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
    }

    @Override
    public void process(Record<String, byte[]> record) {
        book.take(record.key(), ExperimentInput.decode(record.value()));
    }

    private void tick() {
        switch (duty.phase()) {
            case LIVE -> book.giveOut(feature.clock().millis());
            case HELD -> {}
            case ENDED -> {
                book.end(feature.end().largestEventTime());
                duty.settled();
            }
        }
    }

    @Override
    public void results(ExperimentResults results, long now) {
        given.increment();
        age.record(Math.max(0, now - results.getAsOf().toEpochMilli()), TimeUnit.MILLISECONDS);
        context.forward(new Record<>(results.getExperimentId(), results, now), RESULTS);
    }

    @Override
    public void alert(ExperimentAlert alert) {
        alerts.increment();
        long at = alert.getDecidedAt().toEpochMilli();
        context.forward(new Record<>(alert.getExperimentId(), alert, at), ALERTS);
    }

    @Override
    public void close() {
        duty.close();
    }
}
