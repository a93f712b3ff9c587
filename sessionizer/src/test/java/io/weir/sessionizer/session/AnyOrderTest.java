package io.weir.sessionizer.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.Event;
import io.weir.schemas.Session;
import io.weir.schemas.SessionStatus;
import io.weir.sessionizer.EventBuilder;
import io.weir.sessionizer.NaiveSessions;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The step against the plain way, for one visitor: any order, closed at any moment. */
class AnyOrderTest {

    private static final long MINUTE = 60_000;

    @Property(tries = 3_000)
    void sessionsAreThoseOfTheSortedSequence(
            @ForAll("policies") NaiveSessions.Policy policy,
            @ForAll("events") List<Event> events,
            @ForAll long seed,
            @ForAll("closings") double closings) {
        Random random = new Random(seed);
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        Run run = new Run(policy);
        for (Event event : shuffled) {
            run.add(event);
            if (random.nextDouble() < closings) {
                run.close(EventBuilder.TEN + random.nextLong(300 * MINUTE));
            }
        }
        run.close(Long.MAX_VALUE);

        assertThat(run.finalSessions()).containsExactlyInAnyOrderElementsOf(NaiveSessions.of(events, policy));
    }

    @Provide
    Arbitrary<Double> closings() {
        return Arbitraries.of(0.0, 0.1, 0.5);
    }

    @Provide
    Arbitrary<NaiveSessions.Policy> policies() {
        Arbitrary<NaiveSessions.Policy> mixed = Combinators.combine(
                        Arbitraries.of(0L, 20 * MINUTE, 45 * MINUTE),
                        Arbitraries.of(0L, 1L, 2L, 5L),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(ZoneId.of("UTC"), ZoneId.of("Pacific/Kiritimati"), ZoneId.of("Asia/Tehran"))
                                .injectNull(0.5))
                .as((duration, most, campaign, customer, midnight) ->
                        new NaiveSessions.Policy(30 * MINUTE, duration, most, campaign, customer, midnight));
        return Arbitraries.oneOf(
                mixed, Arbitraries.just(new NaiveSessions.Policy(30 * MINUTE, 0, 0, false, false, null)));
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Long> times = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 280).map(m -> m * MINUTE),
                Arbitraries.longs().between(0, 9).map(m -> m * 30 * MINUTE),
                Arbitraries.longs().between(0, 9).map(m -> m * 30 * MINUTE + 1));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        times,
                        Arbitraries.of("a", "b").injectNull(0.5),
                        Arbitraries.of("spring", "summer", "").injectNull(0.6),
                        Arbitraries.of("/", "/cart", "/p/1", "/p/2"),
                        Arbitraries.of("firefox", "robot").injectNull(0.3))
                .as(AnyOrderTest::event)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25)
                .map(AnyOrderTest::numbered);
    }

    private static EventBuilder event(
            int kind, long time, String customer, String campaign, String path, String agent) {
        EventBuilder event = switch (kind) {
            case 0 -> EventBuilder.purchase("EUR", 1_500_000).page(path);
            case 1 -> EventBuilder.purchase("JPY", -200_000);
            case 2 -> EventBuilder.impression();
            default -> EventBuilder.pageView(path).referrer("https://from.example" + path);
        };
        event.at(EventBuilder.TEN + time);
        if (customer != null) {
            event.customer(customer);
        }
        if (campaign != null) {
            event.campaign(campaign);
        }
        return agent == null ? event : event.agent(agent, "robot".equals(agent));
    }

    private static List<Event> numbered(List<EventBuilder> builders) {
        List<Event> events = new ArrayList<>();
        for (EventBuilder builder : builders) {
            events.add(builder.id("e" + events.size()).build());
        }
        return events;
    }

    /** One visitor's state, carried through bytes after each step, and what was written. */
    private static final class Run {

        private final SessionCodec codec = new SessionCodec();
        private final SessionStep step;
        private final List<SessionEvent> history = new ArrayList<>();
        private final Map<String, Session> last = new LinkedHashMap<>();
        private VisitorSessions visitor = new VisitorSessions();

        Run(NaiveSessions.Policy policy) {
            step = new SessionStep(new SessionRules(
                    policy.gap(),
                    policy.maxDuration(),
                    policy.maxEvents(),
                    policy.campaign(),
                    policy.customer(),
                    policy.midnight()));
        }

        void add(Event event) {
            SessionEvent added = SessionEvent.of(event);
            history.add(added);
            history.sort(Comparator.comparing(SessionEvent::mark));
            step.add(
                    visitor,
                    added,
                    since -> history.stream().filter(e -> e.at() >= since).iterator(),
                    this::written);
            visitor = codec.decode(codec.encode(visitor));
        }

        void close(long clock) {
            step.close(visitor.sessions(), clock, this::written);
            visitor = codec.decode(codec.encode(visitor));
        }

        private void written(SessionChange change) {
            Session session = SessionRecords.of("v", change);
            Session before = last.put(session.getSessionId(), session);
            assertThat(session.getRevision()).isEqualTo(before == null ? 0 : before.getRevision() + 1);
            boolean opens = session.getStatus() == SessionStatus.OPENED;
            assertThat(opens).isEqualTo(before == null);
            if (before != null) {
                assertThat(before.getStatus()).isNotEqualTo(SessionStatus.MERGED);
            }
        }

        List<Session> finalSessions() {
            return last.values().stream()
                    .filter(session -> session.getStatus() != SessionStatus.MERGED)
                    .peek(session -> {
                        session.setSessionId("");
                        session.setRevision(0);
                        session.setMergedFrom(List.of());
                        session.setStatus(SessionStatus.CLOSED);
                    })
                    .toList();
        }
    }
}
