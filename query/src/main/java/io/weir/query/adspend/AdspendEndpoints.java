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
import io.weir.query.http.Endpoint;
import io.weir.query.http.JsonSchemas;
import io.weir.query.http.Parameter;
import io.weir.query.http.ProblemException;
import io.weir.query.http.Request;
import io.weir.schemas.Statement;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Ad spend over HTTP. */
public final class AdspendEndpoints {

    /** By this name whose data it is is known, for tokens of one merchant. */
    private static final Parameter<String> MERCHANT = Parameter.id("merchant_id", "A merchant.");

    private static final Parameter<LocalDate> DAY =
            Parameter.day("day", "A local day of the merchant; today if not said.");

    private final Asker asker;
    private final LongSupplier clock;

    /** @param clock by which accounts are dated, milliseconds UTC */
    public AdspendEndpoints(Asker asker, LongSupplier clock) {
        this.asker = asker;
        this.clock = clock;
    }

    /** What other processes may ask of this one. */
    public static List<Question> questions() {
        return AdspendQuestions.ALL;
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
                        this::cap));
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
}
