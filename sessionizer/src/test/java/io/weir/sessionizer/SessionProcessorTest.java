package io.weir.sessionizer;

import static io.weir.sessionizer.EventBuilder.TEN;
import static io.weir.sessionizer.EventBuilder.impression;
import static io.weir.sessionizer.EventBuilder.interaction;
import static io.weir.sessionizer.EventBuilder.millis;
import static io.weir.sessionizer.EventBuilder.pageView;
import static io.weir.sessionizer.EventBuilder.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.time.StreamClock;
import io.weir.schemas.Acquisition;
import io.weir.schemas.Channel;
import io.weir.schemas.Client;
import io.weir.schemas.CloseCause;
import io.weir.schemas.Event;
import io.weir.schemas.Session;
import io.weir.schemas.SessionStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which records sessions give, one by one. */
class SessionProcessorTest {

    private static final long MINUTE = 60_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    /** Opening times, base 36, in the order in which they are shown. */
    private final List<String> openings = new ArrayList<>();

    private final ProcessorHarness weir = new ProcessorHarness(Map.of());

    @Test
    void gapOfExactlyThirtyMinutesStaysInTheSession() {
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(pageView("/").at("10:30:00").build());

        closeAll();

        assertThat(records())
                .containsExactly(
                        "OPENED 0 v-A 10:00:00.000-10:00:00.000 1",
                        "CLOSED 1 v-A 10:00:00.000-10:30:00.000 2 INACTIVITY");
    }

    @Test
    void gapOfOneMillisecondMoreBeginsANewSession() {
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(pageView("/").at("10:30:00.001").build());

        closeAll();

        assertThat(records())
                .containsExactly(
                        "OPENED 0 v-A 10:00:00.000-10:00:00.000 1",
                        "OPENED 0 v-B 10:30:00.001-10:30:00.001 1",
                        "CLOSED 1 v-A 10:00:00.000-10:00:00.000 1 INACTIVITY",
                        "CLOSED 1 v-B 10:30:00.001-10:30:00.001 1 INACTIVITY");
    }

    @Test
    void theGapHoldsBackwardsToo() {
        weir.add(pageView("/").at("10:30:00").build());
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(pageView("/").at("09:29:59.999").build());

        closeAll();

        assertThat(records())
                .containsExactly(
                        "OPENED 0 v-A 10:30:00.000-10:30:00.000 1",
                        "OPENED 0 v-B 09:29:59.999-09:29:59.999 1",
                        "CLOSED 1 v-B 09:29:59.999-09:29:59.999 1 INACTIVITY",
                        "CLOSED 1 v-A 10:00:00.000-10:30:00.000 2 INACTIVITY");
    }

    @Test
    void anotherVisitorsEventMovesTheClockThatCloses() {
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(pageView("/").visitor("w").at("10:30:00").build());
        weir.tick();
        weir.add(pageView("/").visitor("w").at("10:30:00.001").build());
        weir.tick();

        assertThat(records())
                .containsExactly(
                        "OPENED 0 v-A 10:00:00.000-10:00:00.000 1",
                        "OPENED 0 w-B 10:30:00.000-10:30:00.000 1",
                        "CLOSED 1 v-A 10:00:00.000-10:00:00.000 1 INACTIVITY");
    }

    @Test
    void eventThatChangesAClosedSessionRevisesIt() {
        weir.add(pageView("/").at("10:00:00").build());
        closeAll();
        weir.add(pageView("/").at("10:10:00").build());
        weir.add(pageView("/").at("10:20:00").build());
        weir.tick();

        assertThat(records())
                .containsExactly(
                        "OPENED 0 v-A 10:00:00.000-10:00:00.000 1",
                        "CLOSED 1 v-A 10:00:00.000-10:00:00.000 1 INACTIVITY",
                        "REVISED 2 v-A 10:00:00.000-10:10:00.000 2 INACTIVITY",
                        "REVISED 3 v-A 10:00:00.000-10:20:00.000 3 INACTIVITY");
    }

    @Test
    void eventBetweenTwoClosedSessionsMergesThem() {
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(pageView("/").at("10:50:00").build());
        closeAll();
        records();

        weir.add(pageView("/").at("10:25:00").clock("11:00:00").build());
        closeAll();

        assertThat(records())
                .containsExactly(
                        "MERGED 2 v-B 10:50:00.000-10:50:00.000 1 INACTIVITY into v-A",
                        "REVISED 2 v-A 10:00:00.000-10:50:00.000 3 INACTIVITY from [v-B]");
    }

    @Test
    void eventBetweenTwoOpenSessionsMergesThemAndSaysSoOfTheAbsorbedAlone() {
        weir.add(pageView("/").at("10:40:00").build());
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(pageView("/").at("10:20:00").build());

        closeAll();

        assertThat(records())
                .containsExactly(
                        "OPENED 0 v-A 10:40:00.000-10:40:00.000 1",
                        "OPENED 0 v-B 10:00:00.000-10:00:00.000 1",
                        "MERGED 1 v-A 10:40:00.000-10:40:00.000 1 into v-B",
                        "CLOSED 1 v-B 10:00:00.000-10:40:00.000 3 INACTIVITY from [v-A]");
    }

    @Test
    void closedSessionThatAbsorbsAnOpenOneStaysClosed() {
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(pageView("/").at("10:45:00").build());
        weir.tick();
        weir.add(pageView("/").at("10:20:00").build());
        weir.add(pageView("/").at("10:46:00").build());

        closeAll();

        assertThat(records())
                .containsExactly(
                        "OPENED 0 v-A 10:00:00.000-10:00:00.000 1",
                        "OPENED 0 v-B 10:45:00.000-10:45:00.000 1",
                        "CLOSED 1 v-A 10:00:00.000-10:00:00.000 1 INACTIVITY",
                        "MERGED 1 v-B 10:45:00.000-10:45:00.000 1 into v-A",
                        "REVISED 2 v-A 10:00:00.000-10:45:00.000 3 INACTIVITY from [v-B]",
                        "REVISED 3 v-A 10:00:00.000-10:46:00.000 4 INACTIVITY from [v-B]");
    }

    @Test
    void openSessionThatAbsorbsAClosedOneIsClosedInItsTurn() {
        weir.add(pageView("/").at("10:40:00").build());
        closeAll();
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(pageView("/").at("10:20:00").build());

        closeAll();

        assertThat(records())
                .containsExactly(
                        "OPENED 0 v-A 10:40:00.000-10:40:00.000 1",
                        "CLOSED 1 v-A 10:40:00.000-10:40:00.000 1 INACTIVITY",
                        "OPENED 0 v-B 10:00:00.000-10:00:00.000 1",
                        "MERGED 2 v-A 10:40:00.000-10:40:00.000 1 INACTIVITY into v-B",
                        "CLOSED 1 v-B 10:00:00.000-10:40:00.000 3 INACTIVITY from [v-A]");
    }

    @Test
    void eventAsLateAsAllowedIsTaken() {
        weir.add(pageView("/").at("10:00:00").clock("11:00:00").build());

        assertThat(records()).containsExactly("OPENED 0 v-A 10:00:00.000-10:00:00.000 1");
        assertThat(weir.late()).isEmpty();
    }

    @Test
    void eventThatIsLaterGoesToTheLateEventsAsItIs() {
        Event late = pageView("/").at("10:00:00").clock("11:00:00.001").build();

        weir.add(late);

        assertThat(weir.late()).containsExactly(late);
        assertThat(records()).isEmpty();
    }

    @Test
    void sessionSaysAllThatItsEventsSaid() {
        weir.add(pageView("/cart")
                .referrer("https://shop.example/")
                .at("10:00:09")
                .customer("c-1")
                .build());
        weir.add(purchase("EUR", 19_990_000).page("/thanks").at("10:00:12").build());
        weir.add(purchase("EUR", -9_990_000).at("10:01:00").build());
        weir.add(pageView("/")
                .referrer("https://search.example/")
                .campaign("spring")
                .agent("Firefox", false)
                .at("10:00:00")
                .customer("c-0")
                .build());
        weir.add(impression().agent("Robot", true).at("10:01:30").build());
        closeAll();

        List<Session> sessions = weir.sessions();

        Session expected = new Session();
        expected.setSessionId("v-" + Long.toString(millis("10:00:09"), 36));
        expected.setVisitorId("v");
        expected.setCustomerId("c-1");
        expected.setStatus(SessionStatus.CLOSED);
        expected.setRevision(1);
        expected.setCloseCause(CloseCause.INACTIVITY);
        expected.setMergedFrom(List.of());
        expected.setStartedAt(Instant.ofEpochMilli(TEN));
        expected.setLastEventAt(Instant.ofEpochMilli(TEN + 90_000));
        expected.setDurationMs(90_000);
        expected.setEventCount(5);
        expected.setCounts(Map.of("page_view", 2L, "purchase", 2L, "impression", 1L));
        expected.setPageViews(2);
        expected.setDistinctPages(2);
        expected.setEntryPage("/");
        expected.setExitPage("/cart");
        expected.setReferrer("https://search.example/");
        expected.setAcquisition(new Acquisition(Channel.paid_search, "engine", "cpc", "spring", null, null));
        expected.setClient(
                Client.newBuilder().setUserAgent("Firefox").setIsBot(false).build());
        expected.setPurchases(1);
        expected.setRevenueMicros(Map.of("EUR", 10_000_000L));
        expected.setBounce(false);
        expected.setEngaged(true);
        expected.setIsBot(true);
        assertThat(sessions.get(1)).isEqualTo(expected);
    }

    @Test
    void onePageViewAmongImpressionsIsABounce() {
        weir.add(impression().at("10:00:00").build());
        weir.add(pageView("/").at("10:00:10").build());
        closeAll();

        Session session = weir.sessions().get(1);

        assertThat(session.getBounce()).isTrue();
        assertThat(session.getEngaged()).isFalse();
    }

    @Test
    void onePageViewAndAnythingElseIsNoBounceAndMoreThanTenSecondsIsEngaged() {
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(interaction().at("10:00:10.001").build());
        closeAll();

        Session session = weir.sessions().get(1);

        assertThat(session.getBounce()).isFalse();
        assertThat(session.getEngaged()).isTrue();
    }

    @Test
    void distinctPagesStopAtAThousand() {
        for (int i = 0; i < 1_100; i++) {
            weir.add(pageView("/p/" + i).at(TEN + i).build());
        }
        closeAll();

        Session session = weir.sessions().get(1);

        assertThat(session.getDistinctPages()).isEqualTo(1_000);
        assertThat(session.getPageViews()).isEqualTo(1_100);
    }

    @Test
    void sessionOfAVisitorWithManyIsFoundAgain() {
        for (int visit = 0; visit < 6; visit++) {
            weir.add(pageView("/").at(TEN + visit * 60L * MINUTE).build());
        }
        closeAll();
        records();

        weir.add(pageView("/").at("10:10:00").clock("11:00:00").build());

        assertThat(records()).containsExactly("REVISED 2 v-A 10:00:00.000-10:10:00.000 2 INACTIVITY");
        assertThat(weir.entries("sessions-recent")).isEqualTo(4);
    }

    @Test
    void idleInputLetsTheClockGoOnByWallTime() {
        weir.clock.set(TEN + 3_000);
        weir.add(pageView("/").at("10:00:00").build());

        weir.clock.pass(30 * MINUTE);
        weir.tick();
        List<String> atTheGap = records();
        weir.clock.pass(1);
        weir.tick();

        assertThat(atTheGap).containsExactly("OPENED 0 v-A 10:00:00.000-10:00:00.000 1");
        assertThat(records()).containsExactly("CLOSED 1 v-A 10:00:00.000-10:00:00.000 1 INACTIVITY");
    }

    @Test
    void clockStandsWhileThereIsABacklog() {
        weir.clock.set(TEN);
        weir.add(pageView("/").at("10:00:00").build());
        weir.caughtUp = false;
        weir.clock.pass(120 * MINUTE);
        weir.tick();
        List<String> behind = records();

        weir.caughtUp = true;
        weir.tick();

        assertThat(behind).containsExactly("OPENED 0 v-A 10:00:00.000-10:00:00.000 1");
        assertThat(records()).containsExactly("CLOSED 1 v-A 10:00:00.000-10:00:00.000 1 INACTIVITY");
    }

    @Test
    void clockIncludesTheDowntimeAfterARestartWithNothingToRead() {
        weir.clock.set(TEN);
        weir.add(pageView("/").at("10:00:00").build());
        weir.tick();

        weir.clock.pass(31 * MINUTE);
        weir.restart();
        weir.tick();

        assertThat(records())
                .containsExactly(
                        "OPENED 0 v-A 10:00:00.000-10:00:00.000 1",
                        "CLOSED 1 v-A 10:00:00.000-10:00:00.000 1 INACTIVITY");
    }

    @Test
    void visitorsWithAnOpenSessionAreCountedAlsoAfterARestart() {
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(pageView("/").visitor("w").at("10:20:00").build());
        weir.add(pageView("/").visitor("w").at("10:21:00").build());
        weir.tick();
        double two = weir.open();
        weir.add(pageView("/").visitor("w").at("10:35:00").build());
        weir.tick();
        double one = weir.open();
        weir.restart();
        weir.tick();
        double restarted = weir.open();
        weir.add(pageView("/").at("10:36:00").build());
        weir.tick();

        assertThat(List.of(two, one, restarted, weir.open())).containsExactly(2.0, 1.0, 1.0, 2.0);
    }

    @Test
    void recordedInputEndsWithTheCauseThatItsLargestEventTimeGives() {
        weir.clock.enter(StreamClock.Phase.HELD);
        weir.restart();
        weir.add(pageView("/").at("10:00:00").build());
        weir.add(pageView("/").visitor("w").at("10:00:01").build());
        weir.add(pageView("/").visitor("x").at("10:30:00.001").build());
        weir.tick();
        List<String> held = records();

        weir.clock.enter(StreamClock.Phase.ENDED);
        weir.tick();
        weir.tick();

        assertThat(held).allMatch(record -> record.startsWith("OPENED"));
        assertThat(records())
                .containsExactly(
                        "CLOSED 1 v-A 10:00:00.000-10:00:00.000 1 INACTIVITY",
                        "CLOSED 1 w-B 10:00:01.000-10:00:01.000 1 END_OF_INPUT",
                        "CLOSED 1 x-C 10:30:00.001-10:30:00.001 1 END_OF_INPUT");
        assertThat(weir.clock.isSettled()).isTrue();
    }

    @Test
    void everythingIsRemovedWhenItsRetentionIsOver() {
        for (int visit = 0; visit < 4; visit++) {
            weir.add(pageView("/").at(TEN + visit * 60L * MINUTE).build());
        }
        closeAll();
        weir.clock.pass(8 * 24 * 60 * MINUTE);
        weir.tick();
        weir.tick();

        assertThat(weir.entries("sessions")).isZero();
        assertThat(weir.entries("sessions-recent")).isZero();
        assertThat(weir.entries("session-timers")).isZero();
    }

    @Test
    void eventOutOfOrderDividesASessionThatARuleSplits() {
        ProcessorHarness split = new ProcessorHarness(Map.of("weir.sessions.split-on-campaign", "true"));
        split.add(pageView("/").at("10:00:00").build());
        split.add(pageView("/").at("10:20:00").build());
        split.add(pageView("/").campaign("spring").at("10:10:00").build());
        split.clock.pass(31 * MINUTE);
        split.tick();

        assertThat(records(split))
                .containsExactly(
                        "OPENED 0 v-A 10:00:00.000-10:00:00.000 1",
                        "CLOSED 1 v-A 10:00:00.000-10:00:00.000 1 CAMPAIGN",
                        "OPENED 0 v-A-2 10:10:00.000-10:20:00.000 2",
                        "CLOSED 1 v-A-2 10:10:00.000-10:20:00.000 2 INACTIVITY");
    }

    private void closeAll() {
        weir.clock.pass(31 * MINUTE);
        weir.tick();
    }

    private List<String> records() {
        return records(weir);
    }

    private List<String> records(ProcessorHarness harness) {
        return harness.sessions().stream().map(this::shown).toList();
    }

    /** Status, revision, id with a letter for each opening time, start, end, events, cause, merges. */
    private String shown(Session session) {
        String text = session.getStatus() + " " + session.getRevision() + " " + lettered(session.getSessionId()) + " "
                + TIME.format(session.getStartedAt()) + "-" + TIME.format(session.getLastEventAt()) + " "
                + session.getEventCount();
        text += session.getCloseCause() == null ? "" : " " + session.getCloseCause();
        text += session.getMergedInto() == null ? "" : " into " + lettered(session.getMergedInto());
        List<String> from = session.getMergedFrom().stream().map(this::lettered).toList();
        return from.isEmpty() ? text : text + " from " + from;
    }

    private String lettered(String id) {
        String[] parts = id.split("-", 3);
        if (!openings.contains(parts[1])) {
            openings.add(parts[1]);
        }
        String letter = String.valueOf((char) ('A' + openings.indexOf(parts[1])));
        return parts[0] + "-" + letter + (parts.length == 3 ? "-" + parts[2] : "");
    }
}
