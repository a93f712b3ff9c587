package io.weir.query.sessions;

import io.weir.query.access.Scope;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.Asker;
import io.weir.query.ask.Question;
import io.weir.query.ask.Replies;
import io.weir.query.ask.Reply;
import io.weir.query.http.Body;
import io.weir.query.http.Cursor;
import io.weir.query.http.Endpoint;
import io.weir.query.http.JsonSchemas;
import io.weir.query.http.Parameter;
import io.weir.query.http.Pipe;
import io.weir.query.http.ProblemException;
import io.weir.query.http.Request;
import io.weir.schemas.Session;
import io.weir.sessionizer.identity.Interval;
import io.weir.sessionizer.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Journeys, sessions and pages over HTTP. */
public final class SessionEndpoints {

    private static final JsonMapper JSON = new JsonMapper();

    /** No event is further ahead of the clock: brokers refuse its record. */
    private static final Duration MOST_AHEAD = Duration.ofHours(1);

    /** How far back popular pages are counted where nothing is said. */
    private static final Duration A_DAY = Duration.ofDays(1);

    private static final Parameter<String> VISITOR = Parameter.id("visitor_id", "A visitor.");
    static final Parameter<String> CUSTOMER = Parameter.id("customer_id", "A customer.");
    private static final Parameter<String> SESSION = Parameter.id("session_id", "A session.");
    private static final Parameter<Instant> FROM = Parameter.time("from", "The first time, inclusive.");
    private static final Parameter<Instant> TO = Parameter.time("to", "The last time, exclusive.");
    static final Parameter<Integer> LIMIT = Parameter.limit();
    private static final Parameter<Cursor> CURSOR = Parameter.cursor();

    private static final Map<String, Object> EVENTS = JsonSchemas.list(JourneyJson.SCHEMA);
    private static final Map<String, Object> ONE_SESSION = JsonSchemas.of(Session.getClassSchema());
    private static final Map<String, Object> SESSIONS = JsonSchemas.list(ONE_SESSION);
    private static final Map<String, Object> PAGES = JsonSchemas.list(
            JsonSchemas.object(Map.of("path", JsonSchemas.TEXT, "views", JsonSchemas.WHOLE), List.of()));

    private final Asker asker;
    private final LongSupplier clock;
    private final Duration gap;
    private final CustomerJourneys customers;

    /**
     * @param clock what "now" is where no time is said, milliseconds UTC
     * @param gap after which a session closes
     */
    public SessionEndpoints(Asker asker, LongSupplier clock, Duration gap) {
        this.asker = asker;
        this.clock = clock;
        this.gap = gap;
        this.customers = new CustomerJourneys(asker);
    }

    /** What other processes may ask of this one. */
    public static List<Question> questions() {
        return SessionQuestions.ALL;
    }

    /** The addresses. */
    public List<Endpoint> all() {
        return List.of(
                personal(
                        "/api/v1/visitors/{visitor_id}/journey",
                        "A visitor's events, oldest first.",
                        EVENTS,
                        this::journey,
                        VISITOR,
                        FROM,
                        TO,
                        LIMIT,
                        CURSOR),
                personal(
                        "/api/v1/visitors/{visitor_id}/sessions",
                        "A visitor's open and recent sessions, by start.",
                        SESSIONS,
                        this::sessions,
                        VISITOR,
                        LIMIT,
                        CURSOR),
                personal(
                        "/api/v1/customers/{customer_id}/journey",
                        "A customer's events over all their visitors, oldest first.",
                        EVENTS,
                        customers::journey,
                        CUSTOMER,
                        FROM,
                        TO,
                        LIMIT,
                        CURSOR),
                personal(
                        "/api/v1/sessions/active",
                        "Open sessions, those that will close first before the others.",
                        SESSIONS,
                        this::active,
                        LIMIT),
                personal("/api/v1/sessions/{session_id}", "A session.", ONE_SESSION, this::session, SESSION),
                personal(
                        "/api/v1/sessions/{session_id}/events",
                        "A session's events, oldest first.",
                        EVENTS,
                        this::sessionEvents,
                        SESSION,
                        LIMIT,
                        CURSOR),
                new Endpoint(
                        "/api/v1/pages/popular",
                        Scope.JOURNEYS,
                        "The pages seen most in whole hours of UTC, of the last 24 where nothing is said.",
                        false,
                        List.of(FROM, TO, LIMIT),
                        PAGES,
                        this::pages));
    }

    private static Endpoint personal(
            String path,
            String summary,
            Map<String, Object> data,
            Endpoint.Handler handler,
            Parameter<?>... parameters) {
        return new Endpoint(path, Scope.JOURNEYS, summary, true, List.of(parameters), data, handler);
    }

    /** The same for clients of an API of rows and columns. */
    public List<Pipe> pipes() {
        return new SessionPipes(asker, clock).all();
    }

    private Body journey(Request request) {
        String visitor = request.get(VISITOR);
        Reply reply = asker.ask(SessionQuestions.JOURNEY, visitor, journeyOf(visitor, List.of(time(request)), request));
        return journey(reply, request);
    }

    static Interval time(Request request) {
        long from = request.find(FROM).orElse(Instant.EPOCH).toEpochMilli();
        long to = request.find(TO).map(Instant::toEpochMilli).orElse(Long.MAX_VALUE) - 1;
        if (to < from) {
            throw ProblemException.parameter(TO.name(), "a time after from");
        }
        return new Interval(from, to);
    }

    static Arguments journeyOf(String visitor, List<Interval> times, Request request) {
        return pageOf(visitor, request).with("times", SessionQuestions.times(times));
    }

    /** One more is asked for than is shown, to know whether the list goes on. */
    private static Arguments pageOf(String visitor, Request request) {
        Arguments arguments = Arguments.none().with("visitor", visitor).with("most", request.get(LIMIT) + 1);
        return request.find(CURSOR)
                .map(cursor -> arguments.with("after_at", cursor.number(0)).with("after_id", cursor.text(1)))
                .orElse(arguments);
    }

    private static Body journey(Reply reply, Request request) {
        return page(reply, request, "occurred_at", "event_id");
    }

    private static Body page(Reply reply, Request request, String time, String id) {
        int limit = request.get(LIMIT);
        ArrayNode shown = JSON.createArrayNode();
        reply.data().valueStream().limit(limit).forEach(shown::add);
        return Body.of(reply, shown, reply.data().size() > limit ? after(shown, time, id) : null);
    }

    static Cursor after(JsonNode events) {
        return after(events, "occurred_at", "event_id");
    }

    private static Cursor after(JsonNode list, String time, String id) {
        JsonNode last = list.get(list.size() - 1);
        return Cursor.of(millis(last, time), last.get(id).asString());
    }

    private Body sessions(Request request) {
        String visitor = request.get(VISITOR);
        Reply reply = asker.ask(SessionQuestions.SESSIONS, visitor, pageOf(visitor, request));
        return page(reply, request, "started_at", "session_id");
    }

    /** The id begins with the visitor's. */
    private Body session(Request request) {
        String id = request.get(SESSION);
        String visitor =
                SessionId.parse(id).map(SessionId.Named::visitor).orElseThrow(SessionEndpoints::unknownSession);
        Reply reply =
                asker.ask(SessionQuestions.SESSION, visitor, Arguments.none().with("session", id));
        if (reply.data().isNull()) {
            throw unknownSession();
        }
        return Body.of(reply, reply.data());
    }

    private static ProblemException unknownSession() {
        return ProblemException.notFound("No open or recent session has this id.");
    }

    private Body sessionEvents(Request request) {
        JsonNode session = session(request).data();
        String visitor = session.get("visitor_id").asString();
        Interval time = new Interval(millis(session, "started_at"), millis(session, "last_event_at"));
        Reply reply = asker.ask(SessionQuestions.JOURNEY, visitor, journeyOf(visitor, List.of(time), request));
        return journey(reply, request);
    }

    private static long millis(JsonNode json, String field) {
        return Instant.parse(json.get(field).asString()).toEpochMilli();
    }

    private Body active(Request request) {
        int limit = request.get(LIMIT);
        long latest = clock.getAsLong() + MOST_AHEAD.toMillis() + gap.toMillis();
        Replies replies = asker.askAll(
                SessionQuestions.ACTIVE,
                Arguments.none()
                        .with("limit", limit)
                        .with("gap", gap.toMillis())
                        .with("latest", latest));
        ArrayNode open = JSON.createArrayNode();
        replies.all().stream()
                .flatMap(reply -> reply.data().valueStream())
                .sorted(Comparator.comparing((JsonNode session) ->
                                session.get("last_event_at").asString())
                        .thenComparing(session -> session.get("session_id").asString()))
                .limit(limit)
                .forEach(open::add);
        return Body.of(replies, open);
    }

    private Body pages(Request request) {
        long to = request.find(TO).map(Instant::toEpochMilli).orElse(clock.getAsLong());
        long from = request.find(FROM).map(Instant::toEpochMilli).orElse(to - A_DAY.toMillis());
        if (to <= from) {
            throw ProblemException.parameter(TO.name(), "a time after from");
        }
        Replies replies = asker.askAll(
                SessionQuestions.PAGES, Arguments.none().with("from", from).with("to", to));
        ArrayNode most = JSON.createArrayNode();
        PopularPaths.most(PopularPaths.of(replies), request.get(LIMIT))
                .forEach(entry -> most.addObject().put("path", entry.getKey()).put("views", entry.getValue()));
        return Body.of(replies, most).partialIf(PopularPaths.areCut(replies));
    }
}
