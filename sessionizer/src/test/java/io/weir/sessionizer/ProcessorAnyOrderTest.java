package io.weir.sessionizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.time.StreamClock;
import io.weir.schemas.Event;
import io.weir.schemas.Session;
import io.weir.schemas.SessionStatus;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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

/**
 * The processor with its stores against the plain way: many sessions of a few visitors, in any order, with restarts, and
 * closed by a clock that is anywhere.
 */
class ProcessorAnyOrderTest {

    private static final long MINUTE = 60_000;

    @Property(tries = 250)
    void liveSessionsAreThoseOfTheSortedSequence(
            @ForAll("policies") NaiveSessions.Policy policy, @ForAll("events") List<Event> events, @ForAll long seed) {
        ProcessorHarness harness = new ProcessorHarness(settings(policy));
        Random random = new Random(seed);
        Map<String, Session> last = new LinkedHashMap<>();

        for (Event event : shuffled(events, random)) {
            harness.clock.pass(random.nextInt(1_000));
            harness.add(event);
            if (random.nextInt(5) == 0) {
                harness.clock.pass(random.nextInt(20_000_000));
                harness.tick();
            }
            if (random.nextInt(10) == 0) {
                harness.restart();
            }
        }
        harness.clock.pass(48 * 60 * MINUTE);
        harness.tick();

        assertThat(finalOf(harness.sessions(), last))
                .containsExactlyInAnyOrderElementsOf(NaiveSessions.of(events, policy));
    }

    @Property(tries = 250)
    void recordedSessionsAreThoseOfTheSortedSequence(
            @ForAll("policies") NaiveSessions.Policy policy, @ForAll("events") List<Event> events, @ForAll long seed) {
        ProcessorHarness harness = new ProcessorHarness(settings(policy));
        harness.clock.enter(StreamClock.Phase.HELD);
        harness.restart();
        Random random = new Random(seed);

        for (Event event : shuffled(events, random)) {
            harness.add(event);
            harness.tick();
            assertThat(harness.clock.isSettled()).isFalse();
        }
        harness.clock.enter(StreamClock.Phase.ENDED);
        harness.tick();
        harness.tick();

        assertThat(harness.clock.isSettled()).isTrue();
        assertThat(finalOf(harness.sessions(), new LinkedHashMap<>()))
                .containsExactlyInAnyOrderElementsOf(NaiveSessions.ended(events, policy));
    }

    private static List<Event> shuffled(List<Event> events, Random random) {
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static Map<String, String> settings(NaiveSessions.Policy policy) {
        Map<String, String> settings = new HashMap<>();
        settings.put("weir.sessions.lateness", "unlimited");
        settings.put("weir.sessions.journeys-retention", "50000d");
        settings.put("weir.sessions.max-duration", policy.maxDuration() == 0 ? "off" : policy.maxDuration() + "ms");
        settings.put("weir.sessions.max-events", policy.maxEvents() == 0 ? "off" : "" + policy.maxEvents());
        settings.put("weir.sessions.split-on-campaign", "" + policy.campaign());
        settings.put("weir.sessions.split-on-customer-change", "" + policy.customer());
        settings.put(
                "weir.sessions.split-at-midnight",
                policy.midnight() == null ? "off" : policy.midnight().getId());
        return settings;
    }

    private static List<Session> finalOf(List<Session> records, Map<String, Session> last) {
        for (Session session : records) {
            Session before = last.put(session.getSessionId(), session);
            assertThat(session.getRevision()).isEqualTo(before == null ? 0 : before.getRevision() + 1);
            assertThat(session.getStatus() == SessionStatus.OPENED).isEqualTo(before == null);
            assertThat(before == null || before.getStatus() != SessionStatus.MERGED)
                    .isTrue();
        }
        List<Session> truth = new ArrayList<>();
        for (Session session : last.values()) {
            if (session.getStatus() != SessionStatus.MERGED) {
                session.setSessionId("");
                session.setRevision(0);
                session.setMergedFrom(List.of());
                session.setStatus(SessionStatus.CLOSED);
                truth.add(session);
            }
        }
        return truth;
    }

    @Provide
    Arbitrary<NaiveSessions.Policy> policies() {
        Arbitrary<NaiveSessions.Policy> mixed = Combinators.combine(
                        Arbitraries.of(0L, 20 * MINUTE, 45 * MINUTE),
                        Arbitraries.of(0L, 1L, 2L, 5L),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(ZoneId.of("UTC"), ZoneId.of("Asia/Tehran"))
                                .injectNull(0.5))
                .as((duration, most, campaign, customer, midnight) ->
                        new NaiveSessions.Policy(30 * MINUTE, duration, most, campaign, customer, midnight));
        return Arbitraries.oneOf(
                mixed, Arbitraries.just(new NaiveSessions.Policy(30 * MINUTE, 0, 0, false, false, null)));
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(
                        Arbitraries.of("v", "v-1", "w"),
                        Arbitraries.longs().between(0, 24 * 60),
                        Arbitraries.of("a", "b").injectNull(0.5),
                        Arbitraries.of("spring", "summer").injectNull(0.7),
                        Arbitraries.of("/", "/cart", "/p/1"))
                .as((visitor, minute, customer, campaign, path) -> {
                    EventBuilder event = EventBuilder.pageView(path)
                            .visitor(visitor)
                            .customer(customer)
                            .agent("firefox " + path, false)
                            .at(EventBuilder.TEN + minute * MINUTE);
                    return campaign == null ? event : event.campaign(campaign);
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(80)
                .map(builders -> {
                    List<Event> events = new ArrayList<>();
                    for (EventBuilder builder : builders) {
                        events.add(builder.id("e" + events.size()).build());
                    }
                    return events;
                });
    }
}
