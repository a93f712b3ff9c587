package io.weir.query.sessions;

import io.weir.query.access.Scope;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.Asker;
import io.weir.query.ask.Replies;
import io.weir.query.ask.Reply;
import io.weir.query.http.Parameter;
import io.weir.query.http.Pipe;
import io.weir.query.http.Pipe.Column;
import io.weir.query.http.Pipe.Rows;
import io.weir.query.http.ProblemException;
import io.weir.query.http.Request;
import io.weir.query.state.UnavailableException;
import io.weir.sessionizer.identity.Interval;
import io.weir.sessionizer.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The three endpoints of Tinybird's clickstream tutorial, with its parameters, columns and order: {@code get_user_journey}, {@code
 * get_session_events} and {@code get_popular_pages}. A user is a visitor; pages are counted by path, so {@code page_url} is one there, and
 * {@code page_title} empty.
 */
final class SessionPipes {

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter CLICK_HOUSE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Bounds a page of popular pages to what is kept, where no time is said. */
    private static final Duration A_MONTH = Duration.ofDays(31);

    /** Of one visitor: more than a session for each half an hour of the week that they are kept. */
    private static final int MOST_SESSIONS = 10_000;

    private static final Parameter<String> USER = Parameter.text("user_id", "A visitor.");
    private static final Parameter<String> SESSION = Parameter.text("session_id", "A session.");
    private static final Parameter<Instant> START = Parameter.dateTime("start_date", "The first time, inclusive.");
    private static final Parameter<Instant> END = Parameter.dateTime("end_date", "The last time, inclusive.");
    private static final Parameter<Integer> MOST_ROWS = Parameter.limit(1_000);
    private static final Parameter<Integer> TEN = Parameter.limit(10);

    private static final Column USER_ID = text("user_id");
    private static final Column TIMESTAMP = new Column("timestamp", "DateTime");
    private static final List<Column> PAGE_AND_CLIENT = List.of(
            text("event_type"),
            text("page_url"),
            text("page_title"),
            text("referrer"),
            text("device_type"),
            text("browser"));

    private final Asker asker;
    private final LongSupplier clock;

    SessionPipes(Asker asker, LongSupplier clock) {
        this.asker = asker;
        this.clock = clock;
    }

    private static Column text(String name) {
        return new Column(name, "String");
    }

    private static List<Column> columns(List<Column> first, Column... last) {
        List<Column> all = new ArrayList<>(first);
        all.addAll(PAGE_AND_CLIENT);
        all.addAll(List.of(last));
        return all;
    }

    List<Pipe> all() {
        return List.of(
                new Pipe(
                        "get_user_journey",
                        Scope.JOURNEYS,
                        columns(List.of(USER_ID, text("session_id"), TIMESTAMP)),
                        List.of(USER, START, END, MOST_ROWS),
                        this::journey),
                new Pipe(
                        "get_session_events",
                        Scope.JOURNEYS,
                        columns(List.of(text("event_id"), USER_ID, TIMESTAMP), text("properties")),
                        List.of(SESSION, MOST_ROWS),
                        this::session),
                new Pipe(
                        "get_popular_pages",
                        Scope.JOURNEYS,
                        List.of(text("page_url"), text("page_title"), new Column("view_count", "UInt64")),
                        List.of(START, END, TEN),
                        this::pages));
    }

    private Rows journey(Request request) {
        String visitor = request.find(USER).orElse("");
        long from = request.find(START).orElse(Instant.EPOCH).toEpochMilli();
        long to = request.find(END).map(SessionPipes::lastMilli).orElse(Long.MAX_VALUE - 1);
        if (visitor.isEmpty() || to < from) {
            return Rows.NONE;
        }
        Reply known = sessions(visitor);
        Map<String, Interval> sessions = spans(known);
        Reply events = events(visitor, new Interval(from, to), request);
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode event : events.data()) {
            ObjectNode row = JSON.createObjectNode();
            row.put("user_id", visitor);
            row.put("session_id", sessionOf(event, sessions));
            row.put("timestamp", clickHouse(event.get("occurred_at").asString()));
            rows.add(withPageAndClient(row, event));
        }
        return Rows.of(rows, known, events);
    }

    private Rows session(Request request) {
        String id = request.find(SESSION).orElse("");
        Optional<SessionId.Named> named = SessionId.parse(id);
        if (named.isEmpty()) {
            return Rows.NONE;
        }
        String visitor = named.get().visitor();
        Reply session =
                asker.ask(SessionQuestions.SESSION, visitor, Arguments.none().with("session", id));
        if (session.data().isNull()) {
            return Rows.NONE;
        }
        Reply events = events(visitor, span(session.data()), request);
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode event : events.data()) {
            ObjectNode row = JSON.createObjectNode();
            row.put("event_id", event.get("event_id").asString());
            row.put("user_id", visitor);
            row.put("timestamp", clickHouse(event.get("occurred_at").asString()));
            withPageAndClient(row, event);
            row.put(
                    "properties",
                    event.path("detail").isObject() ? event.get("detail").toString() : "{}");
            rows.add(row);
        }
        return Rows.of(rows, session, events);
    }

    private Rows pages(Request request) {
        long to = request.find(END).map(SessionPipes::lastMilli).orElse(clock.getAsLong()) + 1;
        long from = request.find(START).map(Instant::toEpochMilli).orElse(to - A_MONTH.toMillis());
        if (to <= from) {
            return Rows.NONE;
        }
        Replies replies = asker.askAll(
                SessionQuestions.PAGES, Arguments.none().with("from", from).with("to", to));
        if (replies.partial()) {
            // Rows have no place to say so.
            throw new UnavailableException("Some of the state that would answer this is being moved or restored.");
        }
        if (PopularPaths.areCut(replies)) {
            throw ProblemException.parameter(
                    START.name(), "a later time: more different pages were seen since than are counted");
        }
        List<ObjectNode> rows = PopularPaths.most(PopularPaths.of(replies), request.get(TEN))
                .map(entry -> {
                    ObjectNode row = JSON.createObjectNode();
                    row.put("page_url", entry.getKey()).put("page_title", "");
                    return row.put("view_count", entry.getValue());
                })
                .toList();
        return new Rows(rows, replies.stale(), replies.lag());
    }

    private Reply sessions(String visitor) {
        Arguments about = Arguments.none().with("visitor", visitor).with("most", MOST_SESSIONS);
        return asker.ask(SessionQuestions.SESSIONS, visitor, about);
    }

    /** Times of a visitor's sessions, by their ids. */
    private static Map<String, Interval> spans(Reply sessions) {
        Map<String, Interval> spans = new LinkedHashMap<>();
        sessions.data().forEach(session -> spans.put(session.get("session_id").asString(), span(session)));
        return spans;
    }

    private Reply events(String visitor, Interval time, Request request) {
        Arguments about = Arguments.none()
                .with("visitor", visitor)
                .with("times", SessionQuestions.times(List.of(time)))
                .with("most", request.get(MOST_ROWS));
        return asker.ask(SessionQuestions.JOURNEY, visitor, about);
    }

    /** Of an event of long ago the session is not known any more. */
    private static String sessionOf(JsonNode event, Map<String, Interval> sessions) {
        long at = millis(event, "occurred_at");
        return sessions.entrySet().stream()
                .filter(session -> session.getValue().first() <= at
                        && at <= session.getValue().last())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private static Interval span(JsonNode session) {
        return new Interval(millis(session, "started_at"), millis(session, "last_event_at"));
    }

    private static long millis(JsonNode json, String field) {
        return Instant.parse(json.get(field).asString()).toEpochMilli();
    }

    /** A time of whole seconds has all of its last second. */
    private static long lastMilli(Instant time) {
        return time.toEpochMilli() + 999;
    }

    private static String clickHouse(String time) {
        return CLICK_HOUSE.format(Instant.parse(time));
    }

    private static ObjectNode withPageAndClient(ObjectNode row, JsonNode event) {
        row.put("event_type", event.get("kind").asString());
        row.put("page_url", orEmpty(event.path("page").path("url")));
        row.put("page_title", orEmpty(event.path("page").path("title")));
        row.put("referrer", orEmpty(event.path("page").path("referrer")));
        row.put("device_type", orEmpty(event.path("client").path("device_class")));
        return row.put("browser", orEmpty(event.path("client").path("browser")));
    }

    private static String orEmpty(JsonNode text) {
        return text.isString() ? text.asString() : "";
    }
}
