package io.weir.intake.admission.plan;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Compiles the schemas of one folder; what they refer to comes from that folder, never from elsewhere. */
final class SchemaCompiler {

    private static final String BASE = "https://tracking-plan.weir.invalid/";
    private static final String DRAFTS = "https://json-schema.org/draft/2020-12/";
    /** As the specification has them. */
    private static final String JSON_SCHEMA_PATTERN = "pattern";

    private final SchemaRegistry registry;
    private final Schema metaSchema;

    SchemaCompiler(PlanFolder folder) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(new Re2Patterns())
                .failFast(true)
                .losslessNarrowing(true)
                .locale(Locale.ROOT)
                .build();
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config)
                        .schemas(iri -> source(folder, iri))
                        .schemaLoader(loader -> loader.allow(SchemaCompiler::isOurs)));
        metaSchema = registry.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
    }

    /**
     * Compiles a schema with everything it refers to.
     *
     * @param file where it is, below the folder
     * @throws WrongSchemaException if it is no JSON Schema 2020-12, or has a pattern that RE2 does not have
     */
    Schema compile(String file, JsonNode json) throws WrongSchemaException {
        String dialect = json.path("$schema").asString(DialectId.DRAFT_2020_12);
        if (!dialect.equals(DialectId.DRAFT_2020_12)) {
            throw new WrongSchemaException("expected \"$schema\" to be " + DialectId.DRAFT_2020_12);
        }
        checkPatterns(json);
        List<Error> errors = metaSchema.validate(json);
        if (!errors.isEmpty()) {
            throw new WrongSchemaException(
                    "not a JSON Schema: at \"" + errors.get(0).getInstanceLocation() + "\" "
                            + errors.get(0).getMessage());
        }
        try {
            Schema schema = registry.getSchema(SchemaLocation.of(BASE + file), json);
            schema.initializeValidators();
            return schema;
        } catch (SchemaException | PatternSyntaxException e) {
            throw new WrongSchemaException("cannot be used: " + e.getMessage());
        }
    }

    /** Every pattern, also those of branches that are compiled only when they are first needed. */
    private static void checkPatterns(JsonNode schema) throws WrongSchemaException {
        for (JsonNode below : schema) {
            checkPatterns(below);
        }
        if (schema.path(JSON_SCHEMA_PATTERN).isString()) {
            checkPattern(schema.path(JSON_SCHEMA_PATTERN).stringValue());
        }
        for (Map.Entry<String, JsonNode> entry :
                schema.path("patternProperties").properties()) {
            checkPattern(entry.getKey());
        }
    }

    private static void checkPattern(String pattern) throws WrongSchemaException {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new WrongSchemaException("the pattern \"" + pattern
                    + "\" cannot run on RE2, which has no look-around and no back-references: " + e.getMessage());
        }
    }

    private static boolean isOurs(AbsoluteIri iri) {
        String text = iri.toString();
        return text.startsWith(BASE) || text.startsWith(DRAFTS);
    }

    private static String source(PlanFolder folder, String iri) {
        return iri.startsWith(BASE)
                ? folder.read(iri.substring(BASE.length()))
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse(null)
                : null;
    }
}
