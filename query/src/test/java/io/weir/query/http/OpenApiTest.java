package io.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.weir.query.adspend.AdspendEndpoints;
import io.weir.query.adspend.IssuedQuestions;
import io.weir.query.experiments.ExperimentEndpoints;
import io.weir.query.fraud.FraudEndpoints;
import io.weir.query.fraud.FraudQuestions;
import io.weir.query.quality.QualityEndpoints;
import io.weir.query.sessions.SessionEndpoints;
import io.weir.query.system.SystemEndpoints;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document that is served, as others read it. */
class OpenApiTest {

    private final SessionEndpoints sessions = new SessionEndpoints(null, () -> 0, Duration.ofMinutes(30));
    private final List<Endpoint> endpoints = Stream.of(
                    sessions.all(),
                    new AdspendEndpoints(null, () -> 0, new IssuedQuestions(null, null)).all(),
                    new FraudEndpoints(null, new FraudQuestions(null, null)).all(),
                    new QualityEndpoints(null).all(),
                    new SystemEndpoints(null).all(),
                    new ExperimentEndpoints(null).all())
            .flatMap(List::stream)
            .toList();
    private final JsonMapper json = new JsonMapper();
    private final String document = json.writeValueAsString(OpenApi.of(endpoints, sessions.pipes(), "1.2.3"));

    @Test
    void aParserOfOthersHasNothingToComplainOf() {
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(document, null, null);

        assertThat(read.getMessages()).isEmpty();
        OpenAPI api = read.getOpenAPI();
        assertThat(api.getOpenapi()).isEqualTo("3.1.0");
        assertThat(api.getPaths().keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                endpoints.stream().map(Endpoint::path),
                                sessions.pipes().stream().map(Pipe::path))
                        .toList());
        assertThat(api.getPaths().values()).allSatisfy(path -> {
            assertThat(path.getGet().getOperationId()).matches("[a-z0-9_]+");
            assertThat(path.getGet().getResponses().keySet())
                    .containsExactlyInAnyOrder("200", "400", "401", "403", "404", "429", "503");
        });
    }

    @Test
    void eachAnswerHasASchemaOfJsonSchema() {
        Schema metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));

        JsonNode paths = json.readTree(document).get("paths");
        assertThat(paths).isNotEmpty();
        for (JsonNode path : paths) {
            JsonNode schema = path.at("/get/responses/200/content/application~1json/schema");
            assertThat(schema.isObject()).isTrue();
            assertThat(metaSchema.validate(schema)).isEmpty();
        }
    }

    @Test
    void everyParameterOfThePathIsDescribed() {
        for (Endpoint endpoint : endpoints) {
            for (Parameter<?> parameter : endpoint.parameters()) {
                if (parameter.in() == Parameter.In.PATH) {
                    assertThat(endpoint.path()).contains("{" + parameter.name() + "}");
                }
            }
            assertThat(endpoint.path().chars().filter(c -> c == '{').count())
                    .isEqualTo(endpoint.parameters().stream()
                            .filter(parameter -> parameter.in() == Parameter.In.PATH)
                            .count());
        }
    }
}
