package io.weir.query.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** JSON Schemas of answers: of Avro records, as {@link io.weir.core.json.AvroJson} writes them, and of what is put together by hand. */
public final class JsonSchemas {

    /** A text. */
    public static final Map<String, Object> TEXT = Map.of("type", "string");
    /** A text, or null. */
    public static final Map<String, Object> TEXT_OR_NULL = Map.of("type", List.of("string", "null"));
    /** A whole number. */
    public static final Map<String, Object> WHOLE = Map.of("type", "integer");
    /** A whole number, or null. */
    public static final Map<String, Object> WHOLE_OR_NULL = Map.of("type", List.of("integer", "null"));
    /** True or false. */
    public static final Map<String, Object> FLAG = Map.of("type", "boolean");
    /** A time. */
    public static final Map<String, Object> TIME = Map.of("type", "string", "format", "date-time");

    private JsonSchemas() {}

    /** A list. */
    public static Map<String, Object> list(Map<String, Object> items) {
        return Map.of("type", "array", "items", items);
    }

    /** An object whose values are alike. */
    public static Map<String, Object> map(Map<String, Object> values) {
        return Map.of("type", "object", "additionalProperties", values);
    }

    /**
     * An object.
     *
     * @param properties in the order in which they are shown
     * @param optional which of them may be left out
     */
    public static Map<String, Object> object(Map<String, Map<String, Object>> properties, List<String> optional) {
        List<String> required = new ArrayList<>(properties.keySet());
        required.removeAll(optional);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("required", required);
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** Of a record, or what is in one. */
    public static Map<String, Object> of(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM -> Map.of("type", "string", "enum", schema.getEnumSymbols());
            case ARRAY -> list(of(schema.getElementType()));
            case MAP -> map(of(schema.getValueType()));
            case UNION -> union(schema);
            case INT -> WHOLE;
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? TIME : WHOLE;
            case FLOAT, DOUBLE -> Map.of("type", "number");
            case BOOLEAN -> FLAG;
            case STRING, BYTES, FIXED -> TEXT;
            case NULL -> Map.of("type", "null");
        };
    }

    private static Map<String, Object> record(Schema schema) {
        Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
        for (Schema.Field field : schema.getFields()) {
            Map<String, Object> property = new LinkedHashMap<>(of(field.schema()));
            if (field.doc() != null) {
                property.put("description", field.doc());
            }
            properties.put(field.name(), property);
        }
        return object(properties, List.of());
    }

    private static Map<String, Object> union(Schema schema) {
        return Map.of("anyOf", schema.getTypes().stream().map(JsonSchemas::of).toList());
    }
}
