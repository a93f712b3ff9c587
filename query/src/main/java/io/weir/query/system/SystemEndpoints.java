package io.weir.query.system;

import io.weir.query.access.Scope;
import io.weir.query.http.Body;
import io.weir.query.http.Endpoint;
import io.weir.query.http.JsonSchemas;
import io.weir.query.http.Request;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** The process over HTTP. */
public final class SystemEndpoints {

    private static final JsonMapper JSON = new JsonMapper();

    private final Supplier<Map<String, String>> topologies;

    /** @param topologies of the features that run in this process, described as Kafka Streams does, by feature */
    public SystemEndpoints(Supplier<Map<String, String>> topologies) {
        this.topologies = topologies;
    }

    /** The addresses. */
    public List<Endpoint> all() {
        return List.of(new Endpoint(
                "/api/v1/topology",
                Scope.ADMIN,
                "The topologies that run in this process, by feature.",
                false,
                List.of(),
                JsonSchemas.map(JsonSchemas.TEXT),
                this::topology));
    }

    private Body topology(Request request) {
        return new Body(JSON.valueToTree(topologies.get()), false, 0, false, null);
    }
}
