package io.weir.intake.admission.format;

import io.weir.intake.admission.validation.Text;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Free properties of an event: null, true or false, whole numbers as long, others as double, texts. What is nested, and a
 * number that neither a long nor a double holds exactly, becomes its JSON text.
 */
final class Properties {

    /** Fewer digits than this survive the way through a double. */
    private static final int SAFE_DIGITS = 15;

    private static final int SAFE_SCALE = 22;

    private Properties() {}

    /**
     * The properties of an object.
     *
     * @param object may be null
     * @param except keys that went elsewhere
     */
    static Map<String, Object> of(ObjectNode object, Set<String> except) {
        Map<String, Object> properties = new HashMap<>();
        if (object != null) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                if (!except.contains(entry.getKey())) {
                    properties.put(Text.clean(entry.getKey()), value(entry.getValue()));
                }
            }
        }
        return properties;
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL -> null;
            case BOOLEAN -> node.booleanValue();
            case STRING -> Text.clean(node.stringValue());
            case NUMBER -> number(node);
            default -> Text.clean(JsonMessages.text(node));
        };
    }

    private static Object number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.canConvertToLong()
                    ? (Object) node.longValue()
                    : node.bigIntegerValue().toString();
        }
        BigDecimal decimal = node.decimalValue();
        double approximate = decimal.doubleValue();
        boolean exact = (decimal.precision() <= SAFE_DIGITS && Math.abs(decimal.scale()) <= SAFE_SCALE)
                || (Double.isFinite(approximate)
                        && BigDecimal.valueOf(approximate).compareTo(decimal) == 0);
        return exact ? (Object) approximate : decimal.toString();
    }
}
