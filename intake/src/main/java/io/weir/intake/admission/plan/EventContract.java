package io.weir.intake.admission.plan;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.weir.intake.admission.PlanBreach;
import io.weir.schemas.DeadLetterReason;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One version of one event's contract. Safe for threads.
 *
 * @param file schema file below the plan's folder
 * @param version its version
 * @param schema compiled, every reference and pattern in it
 */
record EventContract(String file, String version, Schema schema) {

    private static final int LONGEST_MESSAGE = 400;
    private static final int LONGEST_POINTER = 256;

    /** The first thing that breaks the contract. */
    Optional<PlanBreach> breachOf(JsonNode properties) {
        List<Error> errors = schema.validate(properties);
        return errors.isEmpty() ? Optional.empty() : Optional.of(breach(errors.get(0)));
    }

    private PlanBreach breach(Error error) {
        String pointer = shortened(error.getInstanceLocation().toString(), LONGEST_POINTER);
        String property = error.getProperty();
        String field = property == null ? pointer : shortened(pointer + "/" + escaped(property), LONGEST_POINTER);
        String at = field.isEmpty() ? "The properties" : field;
        return new PlanBreach(
                DeadLetterReason.PLAN_VIOLATION,
                shortened(at + ": " + error.getMessage() + " (" + file + ")", LONGEST_MESSAGE) + ".",
                field,
                file,
                version);
    }

    private static String escaped(String property) {
        return property.replace("~", "~0").replace("/", "~1");
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
