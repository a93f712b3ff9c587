package io.weir.query.sessions;

import io.weir.query.ask.Arguments;
import io.weir.query.ask.Question;
import io.weir.query.state.Partition;
import io.weir.schemas.Session;
import io.weir.sessionizer.identity.CustomerStore;
import io.weir.sessionizer.identity.Customers;
import io.weir.sessionizer.identity.Interval;
import io.weir.sessionizer.journey.JourneyCursor;
import io.weir.sessionizer.journey.JourneyPart;
import io.weir.sessionizer.journey.JourneyStore;
import io.weir.sessionizer.journey.Journeys;
import io.weir.sessionizer.page.PageStore;
import io.weir.sessionizer.page.Pages;
import io.weir.sessionizer.session.SessionReads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;

/** What the sessionizer's partitions answer. */
final class SessionQuestions {

    /**
     * Events of a visitor, oldest first. Arguments: visitor, times ({@link #times}), most, after_at and after_id.
     */
    static final Question JOURNEY = question("journey", JourneyStore.NAME, SessionQuestions::journey);

    /** A visitor's sessions, by start. Arguments: visitor, most, after_at and after_id. */
    static final Question SESSIONS = question("sessions", SessionReads.SESSIONS, SessionQuestions::sessions);

    /** A session; null if it is not known. Argument: session. */
    static final Question SESSION = question(
            "session",
            SessionReads.SESSIONS,
            (partition, about) -> reads(partition)
                    .byId(about.text("session"))
                    .map(JourneyJson::record)
                    .orElse(NullNode.getInstance()));

    /** Open sessions of any visitors. Arguments: limit, gap and latest, as {@link SessionReads#active(int, long, long)} has them. */
    static final Question ACTIVE = question(
            "active-sessions",
            SessionReads.SESSIONS,
            (partition, about) -> array(
                    reads(partition).active((int) about.number("limit"), about.number("gap"), about.number("latest"))));

    /** Page views by path, of {@link #MOST_PAGES} at most. Arguments: from, to. */
    static final Question PAGES = question("pages", PageStore.NAME, SessionQuestions::pages);

    /** Visitors of a customer with their times. Arguments: customer, most. */
    static final Question VISITORS = question("customer-visitors", CustomerStore.NAME, SessionQuestions::visitors);

    static final List<Question> ALL = List.of(JOURNEY, SESSIONS, SESSION, ACTIVE, PAGES, VISITORS);

    private static final Comparator<Session> BY_START =
            Comparator.comparing(Session::getStartedAt).thenComparing(Session::getSessionId);

    private static final JsonMapper JSON = new JsonMapper();

    /** Pages that a partition tells one by one: some 5 MB. Who has more of them gets a list that says that it is partial. */
    static final int MOST_PAGES = 50_000;

    private SessionQuestions() {}

    private static Question question(String name, String store, Question.Answering answering) {
        return new Question(name, "sessionizer", store, answering);
    }

    private static SessionReads reads(Partition partition) {
        return new SessionReads(
                partition.keyValues(SessionReads.SESSIONS),
                partition.keyValues(SessionReads.RECENT),
                partition.keyValues(SessionReads.TIMERS));
    }

    private static JsonNode sessions(Partition partition, Arguments about) {
        List<Session> all = reads(partition).of(about.text("visitor"));
        Stream<Session> shown = all.stream();
        if (about.find("after_id").isPresent()) {
            long at = about.number("after_at");
            String id = about.text("after_id");
            shown = shown.filter(session -> {
                long start = session.getStartedAt().toEpochMilli();
                return start > at || (start == at && session.getSessionId().compareTo(id) > 0);
            });
        }
        return array(shown.sorted(BY_START).limit(about.number("most")).toList());
    }

    private static ArrayNode array(List<Session> sessions) {
        ArrayNode array = JSON.createArrayNode();
        sessions.forEach(session -> array.add(JourneyJson.record(session)));
        return array;
    }

    /** Times as an argument: {@code first-last}, milliseconds UTC, both inclusive, separated by commas. */
    static String times(List<Interval> intervals) {
        return intervals.stream()
                .map(interval -> interval.first() + "-" + interval.last())
                .collect(Collectors.joining(","));
    }

    static List<Interval> times(String text) {
        List<Interval> intervals = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            int dash = one.indexOf('-', 1);
            intervals.add(
                    new Interval(Long.parseLong(one.substring(0, dash)), Long.parseLong(one.substring(dash + 1))));
        }
        return intervals;
    }

    private static JsonNode journey(Partition partition, Arguments about) {
        String visitor = about.text("visitor");
        int most = (int) about.number("most");
        Optional<JourneyCursor> after =
                about.find("after_id").map(id -> new JourneyCursor(about.number("after_at"), id));
        Journeys journeys = new Journeys(partition.windows(JourneyStore.NAME));
        ArrayNode events = JSON.createArrayNode();
        for (Interval time : times(about.text("times"))) {
            boolean over = after.isPresent() && time.last() < after.get().occurredAt();
            if (!over && events.size() < most) {
                JourneyPart part =
                        journeys.read(visitor, time.first(), time.last(), most - events.size(), after.orElse(null));
                part.events().forEach(event -> events.add(JourneyJson.of(visitor, event)));
            }
        }
        return events;
    }

    private static JsonNode pages(Partition partition, Arguments about) {
        ArrayNode pages = JSON.createArrayNode();
        new Pages(partition.keyValues(PageStore.NAME))
                .top(about.number("from"), about.number("to"), MOST_PAGES)
                .pages()
                .forEach(page -> pages.addObject().put("path", page.path()).put("views", page.views()));
        return pages;
    }

    private static JsonNode visitors(Partition partition, Arguments about) {
        ArrayNode visitors = JSON.createArrayNode();
        new Customers(partition.keyValues(CustomerStore.NAME))
                .of(about.text("customer"), (int) about.number("most"))
                .visitors()
                .forEach(visitor -> visitors.addObject()
                        .put("visitor_id", visitor.visitorId())
                        .put("times", times(visitor.intervals())));
        return visitors;
    }
}
