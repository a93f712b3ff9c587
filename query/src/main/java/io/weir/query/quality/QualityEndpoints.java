package io.weir.query.quality;

import io.weir.intake.quality.QualityCounts;
import io.weir.intake.quality.QualityReads;
import io.weir.intake.quality.SourceEvent;
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
import io.weir.query.state.Partition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How messages fared, over HTTP. */
public final class QualityEndpoints {

    private static final JsonMapper JSON = new JsonMapper();
    /** One task has the totals: any key is its own. */
    private static final String ANY_KEY = "";

    private static final Parameter<Instant> FROM = Parameter.time("from", "The first minute, inclusive.");
    private static final Parameter<Instant> TO = Parameter.time("to", "The last minute, exclusive.");
    private static final Parameter<String> SOURCE = Parameter.text("source", "Messages of this raw topic alone.");
    private static final Parameter<Integer> LIMIT = Parameter.limit();
    private static final Parameter<Cursor> CURSOR = Parameter.cursor();

    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    /** Arguments: from, to, most; source if one is wanted; after_source and after_event where a list goes on. */
    private static final Question QUALITY =
            new Question("quality", "intake", QualityReads.TOTALS, QualityEndpoints::answer);

    private final Asker asker;

    /** @param asker of the state */
    public QualityEndpoints(Asker asker) {
        this.asker = asker;
    }

    /** What other processes may ask of this one. */
    public static List<Question> questions() {
        return List.of(QUALITY);
    }

    /** The addresses. */
    public List<Endpoint> all() {
        return List.of(new Endpoint(
                "/api/v1/quality",
                Scope.ADMIN,
                "What was read in the last eight days by source and name of the event: each was accepted, a duplicate or refused;"
                        + " the events of a batch count one by one.",
                false,
                List.of(FROM, TO, SOURCE, LIMIT, CURSOR),
                schema(),
                this::quality));
    }

    private static Map<String, Object> schema() {
        Map<String, Map<String, Object>> counts = new LinkedHashMap<>();
        counts.put("source", JsonSchemas.TEXT);
        counts.put("event_name", JsonSchemas.TEXT);
        counts.put("total", JsonSchemas.WHOLE);
        counts.put("accepted", JsonSchemas.WHOLE);
        counts.put("duplicates", JsonSchemas.WHOLE);
        counts.put("refused", JsonSchemas.WHOLE);
        counts.put("late", JsonSchemas.WHOLE);
        counts.put("dead_letters", JsonSchemas.map(JsonSchemas.WHOLE));
        counts.put("observed", JsonSchemas.map(JsonSchemas.WHOLE));
        counts.put("client_sent", JsonSchemas.WHOLE);
        counts.put("client_dropped", JsonSchemas.WHOLE);
        counts.put("client_retried", JsonSchemas.WHOLE);
        return JsonSchemas.list(JsonSchemas.object(counts, List.of()));
    }

    private Body quality(Request request) {
        Instant from = request.find(FROM).orElse(Instant.EPOCH);
        Instant to = request.find(TO).orElse(LAST);
        if (!from.isBefore(to)) {
            throw ProblemException.parameter(TO.name(), "a time after from");
        }
        int limit = request.get(LIMIT);
        Arguments about = Arguments.none()
                .with("from", from.toEpochMilli())
                .with("to", to.toEpochMilli())
                .with("most", limit + 1);
        Optional<String> source = request.find(SOURCE);
        about = source.isPresent() ? about.with("source", source.get()) : about;
        Optional<Cursor> cursor = request.find(CURSOR);
        if (cursor.isPresent()) {
            about = about.with("after_source", cursor.get().text(0))
                    .with("after_event", cursor.get().text(1));
        }
        Reply reply = asker.ask(QUALITY, ANY_KEY, about);
        ArrayNode shown = JSON.createArrayNode();
        reply.data().valueStream().limit(limit).forEach(shown::add);
        return Body.of(reply, shown, reply.data().size() > limit ? after(shown.get(limit - 1)) : null);
    }

    private static Cursor after(JsonNode last) {
        return Cursor.of(last.get("source").asString(), last.get("event_name").asString());
    }

    private static JsonNode answer(Partition partition, Arguments about) {
        SourceEvent after = about.find("after_source")
                .map(source -> new SourceEvent(source, about.text("after_event")))
                .orElse(null);
        ArrayNode all = JSON.createArrayNode();
        new QualityReads(partition.keyValues(QualityReads.TOTALS))
                .between(about.number("from"), about.number("to")).entrySet().stream()
                        .filter(entry -> after == null || QualityReads.ORDER.compare(entry.getKey(), after) > 0)
                        .filter(entry -> about.find("source")
                                .map(entry.getKey().source()::equals)
                                .orElse(true))
                        .limit(about.number("most"))
                        .forEach(entry -> all.add(json(entry.getKey(), entry.getValue())));
        return all;
    }

    private static ObjectNode json(SourceEvent label, QualityCounts counts) {
        ObjectNode json = JSON.createObjectNode()
                .put("source", label.source())
                .put("event_name", label.eventName())
                .put("total", counts.total())
                .put("accepted", counts.accepted())
                .put("duplicates", counts.duplicates())
                .put("refused", counts.total() - counts.accepted() - counts.duplicates())
                .put("late", counts.late());
        json.set("dead_letters", JSON.valueToTree(counts.deadLetters()));
        json.set("observed", JSON.valueToTree(counts.observed()));
        return json.put("client_sent", counts.clientSent())
                .put("client_dropped", counts.clientDropped())
                .put("client_retried", counts.clientRetried());
    }
}
