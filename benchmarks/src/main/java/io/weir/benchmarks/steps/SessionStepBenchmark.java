package io.weir.benchmarks.steps;

import io.weir.schemas.Event;
import io.weir.sessionizer.session.EventHistory;
import io.weir.sessionizer.session.SessionEvent;
import io.weir.sessionizer.session.SessionRules;
import io.weir.sessionizer.session.SessionStep;
import io.weir.sessionizer.session.VisitorSessions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** An event into its visitor's sessions: the same visits again and again, each time an hour later, so in new sessions. */
@State(Scope.Thread)
public class SessionStepBenchmark {

    private static final Duration AGAIN = Duration.ofHours(1);
    private static final long GAP_MILLIS = 1_800_000;
    /** As many as Weir has at hand; others leave for a store of their own. */
    private static final int AT_HAND = 2;

    private final List<Event> events = SampleEvents.events();
    private final SessionStep step = new SessionStep(SessionRules.inactivity(GAP_MILLIS));
    private final Map<String, VisitorSessions> visitors = new HashMap<>();
    private int next;

    /** One event. */
    @Benchmark
    public void add(Blackhole out) {
        next = (next + 1) % events.size();
        Event event = events.get(next);
        event.setOccurredAt(event.getOccurredAt().plus(AGAIN));
        VisitorSessions mine = visitors.computeIfAbsent(event.getVisitorId(), any -> new VisitorSessions());
        step.add(mine, SessionEvent.of(event), EventHistory.NONE, out::consume);
        if (mine.sessions().size() > AT_HAND) {
            visitors.remove(event.getVisitorId());
        }
    }
}
