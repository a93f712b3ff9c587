package io.weir.query.fraud;

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
import io.weir.query.http.ProblemException;
import io.weir.query.http.Request;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudRule;
import io.weir.schemas.RuleMode;
import io.weir.schemas.RuleSeverity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Fraud over HTTP. */
public final class FraudEndpoints {

    private static final JsonMapper JSON = new JsonMapper();
    /** Every task knows every rule: any of them may be asked. */
    private static final String ANY_KEY = "";

    private static final Parameter<String> ROUTE = Parameter.text("route", "Alerts of rules with this route alone.");
    private static final Parameter<RuleSeverity> SEVERITY = Parameter.choice(
            "severity",
            List.of(RuleSeverity.INFO, RuleSeverity.LOW, RuleSeverity.MEDIUM, RuleSeverity.HIGH, RuleSeverity.CRITICAL),
            "Alerts of this severity alone.");
    private static final Parameter<RuleMode> MODE = Parameter.choice(
            "mode",
            List.of(RuleMode.LIVE, RuleMode.SHADOW),
            "Alerts of rules with effect, or of those without, alone.");
    private static final Parameter<String> KEY =
            Parameter.text("key", "Alerts of this key alone, as the alert has it: values separated by |.");
    private static final Parameter<Instant> FROM = Parameter.time("from", "The first start, inclusive.");
    private static final Parameter<Instant> TO = Parameter.time("to", "The last start, exclusive.");
    private static final Parameter<Integer> LIMIT = Parameter.limit();
    private static final Parameter<Cursor> CURSOR = Parameter.cursor();

    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private static final Comparator<JsonNode> NEWEST_FIRST = Comparator.comparing(FraudEndpoints::start)
            .thenComparing(FraudEndpoints::id)
            .reversed();

    private final Asker asker;
    private final FraudQuestions questions;

    /** @param questions what is asked */
    public FraudEndpoints(Asker asker, FraudQuestions questions) {
        this.asker = asker;
        this.questions = questions;
    }

    /** What other processes may ask of this one. */
    public static List<Question> questions(FraudQuestions questions) {
        return questions.all();
    }

    /** The addresses. */
    public List<Endpoint> all() {
        return List.of(
                new Endpoint(
                        "/api/v1/fraud/alerts",
                        Scope.FRAUD,
                        "What was said last of each alert, those that started last first.",
                        false,
                        List.of(ROUTE, SEVERITY, MODE, KEY, FROM, TO, LIMIT, CURSOR),
                        JsonSchemas.list(JsonSchemas.of(FraudAlert.getClassSchema())),
                        this::alerts),
                new Endpoint(
                        "/api/v1/fraud/rules",
                        Scope.FRAUD,
                        "The rules that count, by id.",
                        false,
                        List.of(),
                        JsonSchemas.list(JsonSchemas.of(FraudRule.getClassSchema())),
                        this::rules));
    }

    private Body rules(Request request) {
        Reply reply = asker.ask(questions.rules(), ANY_KEY, Arguments.none());
        return Body.of(reply, reply.data());
    }

    private Body alerts(Request request) {
        int limit = request.get(LIMIT);
        Replies replies = asker.askAll(questions.alerts(), about(request).with("most", limit + 1));
        List<JsonNode> found = replies.all().stream()
                .flatMap(reply -> reply.data().valueStream())
                .sorted(NEWEST_FIRST)
                .toList();
        ArrayNode shown = JSON.createArrayNode();
        found.stream().limit(limit).forEach(shown::add);
        Body all = Body.of(replies, shown);
        return found.size() > limit ? all.goingOn(after(found.get(limit - 1))) : all;
    }

    private static Cursor after(JsonNode last) {
        return Cursor.of(start(last).toEpochMilli(), id(last));
    }

    private static Arguments about(Request request) {
        Instant from = request.find(FROM).orElse(Instant.EPOCH);
        Instant to = request.find(TO).orElse(LAST);
        if (!from.isBefore(to)) {
            throw ProblemException.parameter(TO.name(), "a time after from");
        }
        Arguments about = Arguments.none().with("from", from.toEpochMilli()).with("to", to.toEpochMilli());
        about = with(about, "route", request.find(ROUTE));
        about = with(about, "severity", request.find(SEVERITY).map(Enum::name));
        about = with(about, "mode", request.find(MODE).map(Enum::name));
        about = with(about, "key", request.find(KEY));
        Optional<Cursor> cursor = request.find(CURSOR);
        return cursor.isEmpty()
                ? about
                : about.with("before_at", cursor.get().number(0))
                        .with("before_id", cursor.get().text(1));
    }

    private static Arguments with(Arguments about, String name, Optional<String> value) {
        return value.isPresent() ? about.with(name, value.get()) : about;
    }

    private static Instant start(JsonNode alert) {
        return Instant.parse(alert.get("window_start").asString());
    }

    private static String id(JsonNode alert) {
        return alert.get("alert_id").asString();
    }
}
