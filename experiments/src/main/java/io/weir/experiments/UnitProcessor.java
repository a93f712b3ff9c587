package io.weir.experiments;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.feature.FeatureContext;
import io.weir.core.time.ReadTime;
import io.weir.core.time.StreamClock;
import io.weir.experiments.book.UnitBook;
import io.weir.experiments.book.UnitStores;
import io.weir.experiments.hop.ExperimentInput;
import io.weir.experiments.hop.UnitInput;
import io.weir.experiments.hop.UnitInput.Converted;
import io.weir.experiments.hop.UnitInput.Defined;
import io.weir.experiments.hop.UnitInput.Exposed;
import io.weir.experiments.hop.UnitInputCodec;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The one writer of a task's units, visitors or customers. What they come to it passes on four times a second. */
final class UnitProcessor implements Processor<String, UnitInput, String, byte[]> {

    /** Node that what customers' tasks are to be told is forwarded to, by customer. */
    static final String TO_CUSTOMERS = "to-customers";

    /** What of a result's age is ours: an eighth of a second in the mean. */
    private static final Duration TICK = Duration.ofMillis(250);
    /** Units that are looked at in a tick: each some 20 µs, so a tick some 40 ms at most. */
    private static final int AT_ONCE = 2_000;

    private final ExperimentSettings settings;
    private final FeatureContext feature;
    private final UnitStores stores;
    private final ReadTime readTime;
    private final UnitInputCodec codec = new UnitInputCodec();
    private final ByteWriter out = new ByteWriter();

    private ProcessorContext<String, byte[]> context;
    private StreamClock.Duty duty;
    private boolean recorded;
    private String source;
    private UnitBook book;
    private long time;
    /** How far time had gone at the last tick, milliseconds UTC. */
    private long reached;

    UnitProcessor(ExperimentSettings settings, FeatureContext feature, UnitStores stores, Set<String> sources) {
        this.settings = settings;
        this.feature = feature;
        this.stores = stores;
        this.readTime = new ReadTime(feature.clock(), feature.progress(), sources);
    }

    /** Node that what experiments come to in a task is forwarded to, by experiment. */
    static String totals(UnitStores stores) {
        return stores.kind() + "-totals";
    }

    @Override
    public void init(ProcessorContext<String, byte[]> task) {
        context = task;
        source = stores.kind() + "-" + task.taskId().partition();
        duty = feature.clock().duty(StreamClock.Stage.EVENTS, "experiments " + source);
        recorded = duty.phase() != StreamClock.Phase.LIVE;
        book = new UnitBook(settings.rules(), stores, task, this::toCustomer);
        if (book.knowsNone()) {
            Definitions.written(feature.controls(), settings.kinds())
                    .forEach(defined -> book.take("", defined, Long.MIN_VALUE));
        }
        task.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
    }

    @Override
    public void process(Record<String, UnitInput> record) {
        UnitInput input = record.value();
        time = record.timestamp();
        if (input instanceof Exposed exposed) {
            seen(exposed.exposure().at());
        } else if (input instanceof Converted converted) {
            seen(converted.conversion().at());
        } else if (input instanceof Defined defined && !stores.ofCustomers()) {
            int partition = context.taskId().partition();
            toCustomer("", new Defined(defined.definition(), defined.since(), partition));
        }
        book.take(record.key(), input, recorded ? Long.MIN_VALUE : reached);
    }

    private void seen(long eventTime) {
        readTime.seen(eventTime);
        feature.end().reached(eventTime);
    }

    private void toCustomer(String customer, UnitInput input) {
        context.forward(new Record<>(customer, codec.encode(input), time), TO_CUSTOMERS);
    }

    private void tick() {
        switch (duty.phase()) {
            case LIVE -> {
                reached = readTime.reached();
                book.advance(reached, AT_ONCE);
                passOn();
            }
            case HELD -> {}
            case ENDED -> {
                boolean done = book.end(feature.end().largestEventTime(), AT_ONCE);
                passOn();
                if (done) {
                    duty.settled();
                }
            }
        }
    }

    private void passOn() {
        book.drain((experiment, totals) -> {
            byte[] bytes = ExperimentInput.added(source, totals, out);
            context.forward(new Record<>(experiment, bytes, Math.max(0, totals.asOf())), totals(stores));
        });
    }

    @Override
    public void close() {
        duty.close();
    }
}
