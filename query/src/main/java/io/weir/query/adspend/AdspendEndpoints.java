package io.weir.query.adspend;

import static io.weir.query.http.JsonSchemas.TEXT;
import static io.weir.query.http.JsonSchemas.TEXT_OR_NULL;
import static io.weir.query.http.JsonSchemas.WHOLE;
import static io.weir.query.http.JsonSchemas.WHOLE_OR_NULL;

import io.weir.query.access.Scope;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.Asker;
import io.weir.query.ask.Question;
import io.weir.query.ask.Reply;
import io.weir.query.http.Body;
import io.weir.query.http.Cursor;
import io.weir.query.http.Endpoint;
import io.weir.query.http.JsonSchemas;
import io.weir.query.http.Parameter;
import io.weir.query.http.ProblemException;
import io.weir.query.http.Request;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Ad spend over HTTP. */
public final class AdspendEndpoints {

    /** By this name whose data it is is known, for tokens of one merchant. */
    private static final Parameter<String> MERCHANT = Parameter.id("merchant_id", "A merchant.");

    private static final Parameter<LocalDate> DAY =
            Parameter.day("day", "A local day of the merchant; today if not said.");

    private static final Parameter<LocalDate> FROM = Parameter.day("from", "The first day.");
    private static final Parameter<LocalDate> TO = Parameter.day("to", "The last day, inclusive.");
    private static final Parameter<String> EVENT = Parameter.text("event_id", "Entries of this interaction alone.");
    private static final Parameter<Integer> LIMIT = Parameter.limit();
    private static final Parameter<Cursor> CURSOR = Parameter.cursor();

    private static final LocalDate FIRST = LocalDate.EPOCH;
    private static final LocalDate LAST = LocalDate.of(2100, 1, 1);

    private static final JsonMapper JSON = new JsonMapper();

    private final Asker asker;
    private final LongSupplier clock;
    private final IssuedQuestions issued;

    /**
     * @param clock by which accounts are dated, milliseconds UTC
     * @param issued what is asked of statements and the ledger
     */
    public AdspendEndpoints(Asker asker, LongSupplier clock, IssuedQuestions issued) {
        this.asker = asker;
        this.clock = clock;
        this.issued = issued;
    }

    /** What other processes may ask of this one. */
    public static List<Question> questions(IssuedQuestions issued) {
        return Stream.concat(AdspendQuestions.ALL.stream(), issued.all().stream())
                .toList();
    }

    /** The addresses. */
    public List<Endpoint> all() {
        return List.of(
                new Endpoint(
                        "/api/v1/merchants/{merchant_id}/spend",
                        Scope.ADSPEND,
                        "A merchant's day, as its statement would say it now; of a closed day with what was corrected since.",
                        false,
                        List.of(MERCHANT, DAY),
                        JsonSchemas.of(Statement.getClassSchema()),
                        this::spend),
                new Endpoint(
                        "/api/v1/merchants/{merchant_id}/cap",
                        Scope.ADSPEND,
                        "The caps of a merchant and its campaigns: which are reached, and what remains.",
                        false,
                        List.of(MERCHANT),
                        caps(),
                        this::cap),
                new Endpoint(
                        "/api/v1/merchants/{merchant_id}/statements",
                        Scope.ADSPEND,
                        "Statements of a merchant as they were issued, by day.",
                        false,
                        List.of(MERCHANT, FROM, TO, LIMIT, CURSOR),
                        JsonSchemas.list(JsonSchemas.of(Statement.getClassSchema())),
                        this::statements),
                new Endpoint(
                        "/api/v1/merchants/{merchant_id}/ledger",
                        Scope.ADSPEND,
                        "Entries of the ledger on a day of a merchant, in the order in which they were entered. A page of one"
                                + " interaction's entries may be empty and go on.",
                        false,
                        List.of(MERCHANT, DAY, EVENT, LIMIT, CURSOR),
                        JsonSchemas.list(JsonSchemas.of(LedgerEntry.getClassSchema())),
                        this::ledger));
    }

    private static Map<String, Object> caps() {
        Map<String, Map<String, Object>> cap = new LinkedHashMap<>();
        cap.put("campaign_id", TEXT_OR_NULL);
        cap.put("state", Map.of("type", "string", "enum", List.of("OPEN", "CAPPED")));
        cap.put("day", TEXT);
        cap.put("cap_micros", WHOLE_OR_NULL);
        cap.put("billed_micros", WHOLE);
        cap.put("remaining_micros", WHOLE_OR_NULL);
        cap.put("sequence", WHOLE);
        return JsonSchemas.list(JsonSchemas.object(cap, List.of()));
    }

    private Body spend(Request request) {
        String merchant = request.get(MERCHANT);
        Optional<LocalDate> day = request.find(DAY);
        Arguments about = Arguments.none().with("merchant", merchant).with("now", clock.getAsLong());
        Reply reply = asker.ask(
                AdspendQuestions.SPEND,
                merchant,
                day.isPresent() ? about.with("day", day.get().toString()) : about);
        if (reply.data().isNull()) {
            throw ProblemException.notFound(
                    "Nothing was delivered for this merchant on that day, or no budget covers it.");
        }
        return Body.of(reply, reply.data());
    }

    private Body cap(Request request) {
        String merchant = request.get(MERCHANT);
        Reply reply =
                asker.ask(AdspendQuestions.CAPS, merchant, Arguments.none().with("merchant", merchant));
        if (reply.data().isEmpty()) {
            throw ProblemException.notFound("No cap of this merchant is known.");
        }
        return Body.of(reply, reply.data());
    }

    private Body statements(Request request) {
        String merchant = request.get(MERCHANT);
        LocalDate from = request.find(FROM).orElse(FIRST);
        LocalDate to = request.find(TO).orElse(LAST);
        if (to.isBefore(from)) {
            throw ProblemException.parameter(TO.name(), "a day that is not before from");
        }
        LocalDate first = request.find(CURSOR).map(AdspendEndpoints::dayOf).orElse(from);
        int limit = request.get(LIMIT);
        Reply reply = asker.ask(
                issued.statements(),
                merchant,
                Arguments.none()
                        .with("merchant", merchant)
                        .with("from", first.toString())
                        .with("to", to.toString())
                        .with("most", limit + 1));
        ArrayNode shown = JSON.createArrayNode();
        reply.data().valueStream().limit(limit).forEach(shown::add);
        Cursor next = reply.data().size() > limit
                ? Cursor.of(reply.data().get(limit).get("day").asString())
                : null;
        return Body.of(reply, shown, next);
    }

    private Body ledger(Request request) {
        String merchant = request.get(MERCHANT);
        Optional<Cursor> cursor = request.find(CURSOR);
        // With the day, so that a list of today goes on with the same day after midnight.
        LocalDate day =
                cursor.map(AdspendEndpoints::dayOf).or(() -> request.find(DAY)).orElseGet(() -> today(merchant));
        Arguments about = Arguments.none()
                .with("merchant", merchant)
                .with("day", day.toString())
                .with("after", cursor.map(position -> position.number(1)).orElse(0L))
                .with("most", request.get(LIMIT));
        Reply reply = asker.ask(
                issued.ledger(),
                merchant,
                request.find(EVENT).map(event -> about.with("event", event)).orElse(about));
        if (reply.data().isNull()) {
            return Body.of(reply, JSON.createArrayNode());
        }
        JsonNode next = reply.data().get("next");
        return Body.of(reply, reply.data().get("entries"), next.isNull() ? null : Cursor.of(day, next.asLong()));
    }

    private LocalDate today(String merchant) {
        Reply reply =
                asker.ask(AdspendQuestions.TODAY, merchant, Arguments.none().with("merchant", merchant));
        if (reply.data().isNull()) {
            throw ProblemException.notFound("Nothing is known of this merchant.");
        }
        return LocalDate.parse(reply.data().asString());
    }

    private static LocalDate dayOf(Cursor cursor) {
        try {
            return LocalDate.parse(cursor.text(0));
        } catch (DateTimeParseException e) {
            throw Cursor.changed();
        }
    }
}
