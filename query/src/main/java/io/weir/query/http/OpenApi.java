package io.weir.query.http;

import io.weir.query.access.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The document of all endpoints, as OpenAPI 3.1 has it: made of what they are checked by, so that it cannot say something else. */
final class OpenApi {

    private static final String SCHEMAS = "#/components/schemas/";

    private OpenApi() {}

    /**
     * The document.
     *
     * @param version of the build
     */
    static Map<String, Object> of(List<Endpoint> endpoints, List<Pipe> pipes, String version) {
        Map<String, Object> paths = new TreeMap<>();
        endpoints.forEach(endpoint -> paths.put(
                endpoint.path(),
                Map.of(
                        "get",
                        operation(
                                endpoint.path(),
                                endpoint.summary(),
                                endpoint.scope(),
                                endpoint.parameters(),
                                body(endpoint.data())))));
        pipes.forEach(pipe -> paths.put(
                pipe.path(),
                Map.of(
                        "get",
                        operation(
                                pipe.path(),
                                "As in Tinybird's clickstream tutorial.",
                                pipe.scope(),
                                pipe.parameters(),
                                body(pipe)))));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title",
                        "Weir",
                        "version",
                        version,
                        "description",
                        "What Weir's state answers.",
                        "license",
                        Map.of("name", "Apache-2.0", "identifier", "Apache-2.0")));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        document.put(
                "components",
                Map.of(
                        "securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer")),
                        "schemas", Map.of("Problem", problem())));
        return document;
    }

    private static Map<String, Object> operation(
            String path, String summary, Scope scope, List<Parameter<?>> taken, Map<String, Object> answer) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", id(path));
        operation.put("summary", summary);
        operation.put("description", "Needs the scope " + scope.text() + ".");
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (Parameter<?> parameter : taken) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", parameter.name());
            one.put("in", parameter.in() == Parameter.In.PATH ? "path" : "query");
            one.put("required", parameter.in() == Parameter.In.PATH);
            one.put("description", parameter.description());
            one.put("schema", parameter.schema());
            parameters.add(one);
        }
        operation.put("parameters", parameters);
        operation.put("responses", responses(answer));
        return operation;
    }

    /** Such as {@code visitors_visitor_id_journey}. */
    private static String id(String path) {
        return path.replaceFirst("^/(api/)?", "")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .replaceAll("_$", "");
    }

    private static Map<String, Object> responses(Map<String, Object> body) {
        Map<String, Object> responses = new TreeMap<>();
        responses.put("200", answer("What was asked for.", "application/json", body));
        Map<String, String> problems = Map.of(
                "400", "A parameter is wrong; it is named.",
                "401", "No token, or none that is known.",
                "403", "The token lacks the scope.",
                "404", "There is no such thing.",
                "429", "Too many requests with this token.",
                "503", "Not now: state is being moved or restored.");
        problems.forEach((status, text) ->
                responses.put(status, answer(text, "application/problem+json", Map.of("$ref", SCHEMAS + "Problem"))));
        return responses;
    }

    private static Map<String, Object> answer(String description, String type, Map<String, Object> schema) {
        return Map.of("description", description, "content", Map.of(type, Map.of("schema", schema)));
    }

    /** Rows, and what their columns are. */
    private static Map<String, Object> body(Pipe pipe) {
        Map<String, Map<String, Object>> row = new LinkedHashMap<>();
        pipe.columns()
                .forEach(column -> row.put(
                        column.name(), column.type().startsWith("UInt") ? JsonSchemas.WHOLE : JsonSchemas.TEXT));
        Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
        properties.put(
                "meta",
                JsonSchemas.list(
                        JsonSchemas.object(Map.of("name", JsonSchemas.TEXT, "type", JsonSchemas.TEXT), List.of())));
        properties.put("data", JsonSchemas.list(JsonSchemas.object(row, List.of())));
        properties.put("rows", JsonSchemas.WHOLE);
        properties.put(
                "statistics",
                JsonSchemas.object(
                        Map.of(
                                "elapsed",
                                Map.of("type", "number"),
                                "rows_read",
                                JsonSchemas.WHOLE,
                                "bytes_read",
                                JsonSchemas.WHOLE),
                        List.of()));
        return JsonSchemas.object(properties, List.of());
    }

    /** The envelope around what is asked for. */
    private static Map<String, Object> body(Map<String, Object> data) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("data", data);
        properties.put("as_of", Map.of("type", "string", "format", "date-time"));
        properties.put("stale", Map.of("type", "boolean"));
        properties.put("lag", Map.of("type", "integer", "minimum", 0));
        properties.put("partial", Map.of("type", "boolean"));
        properties.put("next_cursor", Map.of("type", "string"));
        return Map.of(
                "type",
                "object",
                "required",
                List.of("data", "as_of", "stale", "partial"),
                "properties",
                properties,
                "additionalProperties",
                false);
    }

    private static Map<String, Object> problem() {
        return Map.of(
                "type",
                "object",
                "required",
                List.of("type", "title", "status", "detail"),
                "properties",
                Map.of(
                        "type", Map.of("type", "string"),
                        "title", Map.of("type", "string"),
                        "status", Map.of("type", "integer"),
                        "detail", Map.of("type", "string"),
                        "parameter", Map.of("type", "string")),
                "additionalProperties",
                false);
    }
}
