package io.weir.query.experiments;

import static io.weir.query.http.JsonSchemas.FLAG;
import static io.weir.query.http.JsonSchemas.TEXT;
import static io.weir.query.http.JsonSchemas.TEXT_OR_NULL;
import static io.weir.query.http.JsonSchemas.TIME;
import static io.weir.query.http.JsonSchemas.WHOLE;
import static io.weir.query.http.JsonSchemas.WHOLE_OR_NULL;

import io.weir.query.http.JsonSchemas;
import io.weir.schemas.ExperimentResults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schemas of what experiments answer. */
final class ExperimentSchemas {

    static final Map<String, Object> RESULTS = JsonSchemas.of(ExperimentResults.getClassSchema());

    static final Map<String, Object> LIST = JsonSchemas.list(JsonSchemas.object(
            Map.of("experiment_id", TEXT, "provisional", FLAG, "as_of", TIME, "units", WHOLE), List.of()));

    private static final Map<String, Object> UNIT = Map.of("type", "string", "enum", List.of("visitor", "customer"));

    static final Map<String, Object> SEEN =
            JsonSchemas.list(JsonSchemas.object(Map.of("experiment_id", TEXT, "unit", UNIT), List.of()));

    static final Map<String, Object> WHY = why();

    private ExperimentSchemas() {}

    private static Map<String, Object> why() {
        Map<String, Map<String, Object>> event = new LinkedHashMap<>();
        event.put("event_id", TEXT);
        event.put("at", TIME);
        event.put("kind", TEXT);
        event.put("event", TEXT_OR_NULL);
        event.put("order_id", TEXT_OR_NULL);
        event.put("amount_micros", WHOLE_OR_NULL);
        event.put("currency", TEXT_OR_NULL);
        event.put("metrics", JsonSchemas.map(TEXT));
        Map<String, Map<String, Object>> why = new LinkedHashMap<>();
        why.put("experiment_id", TEXT);
        why.put("unit_id", TEXT);
        why.put("unit", UNIT);
        why.put("provisional", FLAG);
        why.put("standing", TEXT);
        why.put("variant_id", TEXT);
        why.put("anchor", TIME);
        why.put(
                "exposures",
                JsonSchemas.list(
                        JsonSchemas.object(Map.of("variant_id", TEXT, "at", TIME, "event_id", TEXT), List.of())));
        why.put("events", JsonSchemas.list(JsonSchemas.object(event, List.of())));
        return JsonSchemas.object(why, List.of());
    }
}
