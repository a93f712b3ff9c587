package io.weir.sessionizer;

import io.micrometer.core.instrument.Counter;
import io.weir.core.feature.FeatureContext;
import io.weir.core.time.StreamClock;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.sessionizer.identity.CustomerLink;
import io.weir.sessionizer.identity.IdentityStore;
import io.weir.sessionizer.journey.JourneyStore;
import io.weir.sessionizer.page.PageStore;
import io.weir.sessionizer.session.CustomerSpan;
import io.weir.sessionizer.session.EventHistory;
import io.weir.sessionizer.session.SessionBook;
import io.weir.sessionizer.session.SessionChange;
import io.weir.sessionizer.session.SessionEvent;
import io.weir.sessionizer.session.SessionOutput;
import io.weir.sessionizer.session.TaskClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Takes events to the stores, and what comes of them to the topics: sessions as they change, late events as they are,
 * identities. Sessions close by the task's clock.
 */
final class SessionProcessor implements Processor<String, Event, String, Object>, SessionOutput {

    /** How often the clock is looked at: a session is closed so much after its time, and a commit, at most. */
    private static final Duration TICK = Duration.ofMillis(100);
    /** Visitors at a tick: closing takes some 30 µs, so a tick some 60 ms at most. */
    private static final int CLOSED_AT_ONCE = 2_000;
    /** At the end of recorded input nothing waits behind it: some 300 ms. */
    private static final int ENDED_AT_ONCE = 10_000;
    /** Ticks between two looks at what has become old: 10 s. */
    private static final int SWEEP_EVERY = 100;
    /** What is looked at, or removed, then: a few milliseconds. */
    private static final int SWEPT_AT_ONCE = 1_000;

    private final SessionSettings settings;
    private final FeatureContext feature;
    private final Set<String> sources;
    private final OpenSessions open;
    private final Counter late;

    private Outputs outputs;
    private StreamClock.Duty duty;
    private boolean recorded;
    private TaskId task;
    private TaskClock clock;
    private SessionBook book;
    private JourneyStore journeys;
    private PageStore pages;
    private IdentityStore identities;
    private int ticks;

    SessionProcessor(SessionSettings settings, FeatureContext feature, Set<String> sources, OpenSessions open) {
        this.settings = settings;
        this.feature = feature;
        this.sources = sources;
        this.open = open;
        this.late = Counter.builder("weir.sessions.late")
                .description("Events that came too late for any session")
                .register(feature.meters());
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        task = context.taskId();
        clock = new TaskClock(context);
        outputs = new Outputs(context, feature.meters(), clock::eventTime);
        feature.end().reached(clock.eventTime());
        long retention = settings.isUnlimited()
                ? SessionBook.FOR_EVER
                : settings.retention().toMillis();
        book = new SessionBook(settings.rules(), retention, context);
        journeys = settings.journeys().enabled()
                ? new JourneyStore(context.getStateStore(JourneyStore.NAME), SessionStores.clients(settings))
                : null;
        pages = settings.pages().enabled()
                ? new PageStore(context.getStateStore(PageStore.NAME), settings.pages())
                : null;
        identities = new IdentityStore(context.getStateStore(IdentityStore.NAME), settings.identities());
        duty = feature.clock().duty(StreamClock.Stage.EVENTS, "sessionizer sessions " + context.taskId());
        recorded = duty.phase() != StreamClock.Phase.LIVE;
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
    }

    @Override
    public void process(Record<String, Event> record) {
        Event event = record.value();
        long at = event.getOccurredAt().toEpochMilli();
        clock.arrived(at, feature.clock().millis());
        if (recorded) {
            feature.end().reached(at);
        }
        if (event.getOrigin().getClock().toEpochMilli() - at
                > settings.lateness().toMillis()) {
            late.increment();
            outputs.late(event, record.timestamp());
            return;
        }
        if (journeys != null) {
            journeys.put(event);
        }
        if (pages != null && event.getKind() == EventKind.page_view && event.getPage() != null) {
            pages.count(at, event.getPage().getPath());
        }
        String visitor = event.getVisitorId();
        EventHistory history =
                settings.rules().canSplit() ? new JourneyHistory(journeys.journeys(), visitor) : EventHistory.NONE;
        book.add(visitor, SessionEvent.of(event), history, this);
    }

    private void tick() {
        switch (duty.phase()) {
            case LIVE -> {
                long now = clock.advance(feature.clock().millis(), settings.idleAfter(), this::caughtUp);
                book.advance(now, CLOSED_AT_ONCE, this);
                sweep(now);
            }
            case HELD -> clock.save();
            case ENDED -> {
                if (book.end(feature.end().largestEventTime(), ENDED_AT_ONCE, this)) {
                    duty.settled();
                }
            }
        }
        open.of(task, book.open());
    }

    private boolean caughtUp() {
        return feature.progress().caughtUp(sources, task.partition());
    }

    private void sweep(long now) {
        ticks = (ticks + 1) % SWEEP_EVERY;
        if (ticks == 0) {
            identities.sweep(now, SWEPT_AT_ONCE, outputs);
            if (pages != null) {
                pages.expire(now, SWEPT_AT_ONCE);
            }
        }
    }

    @Override
    public void changed(String visitor, SessionChange change) {
        outputs.session(visitor, change);
        switch (change.status()) {
            case OPENED, MERGED, UNKNOWN -> {}
            case CLOSED, REVISED -> seenAs(visitor, change.session().totals().customers());
        }
    }

    @Override
    public void seenAs(String visitor, List<CustomerSpan> customers) {
        identities.seen(visitor, links(customers), identitiesNow(), outputs);
    }

    @Override
    public void regrouped(String visitor, long first, long last, List<CustomerSpan> customers) {
        identities.replaced(visitor, first, last, links(customers), identitiesNow(), outputs);
    }

    /** In recorded input nothing becomes old, or the order of the lines would decide what is kept. */
    private long identitiesNow() {
        return recorded ? 0 : clock.millis();
    }

    private static List<CustomerLink> links(List<CustomerSpan> customers) {
        return customers.stream()
                .map(span -> new CustomerLink(span.customer(), span.first(), span.last()))
                .toList();
    }

    @Override
    public void close() {
        open.forget(task);
        duty.close();
    }
}
