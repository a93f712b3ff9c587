package io.weir.core.json;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.JsonNode;

/**
 * Reads what {@link AvroJson} wrote. Absent fields take the schema's default; a field that the schema does not have is
 * refused, since it is a slip of the pen more often than not.
 */
public final class AvroJsonReader {

    private AvroJsonReader() {}

    /**
     * Reads a record.
     *
     * @throws JsonShapeException if the JSON does not have the record's shape; it says where
     */
    public static <T extends SpecificRecord> T read(JsonNode json, Class<T> type) {
        Schema schema = SpecificData.get().getSchema(type);
        return type.cast(readRecord(json, schema, ""));
    }

    private static Object readValue(JsonNode json, Schema schema, String pointer) {
        return switch (schema.getType()) {
            case NULL -> checked(json.isNull(), null, "null", pointer);
            case BOOLEAN -> checked(json.isBoolean(), json.asBoolean(false), "true or false", pointer);
            case INT -> checked(json.canConvertToInt() && json.isIntegralNumber(), json.asInt(0), "an int", pointer);
            case LONG -> readLong(json, schema, pointer);
            case DOUBLE -> checked(json.isNumber(), json.asDouble(0), "a number", pointer);
            case STRING -> checked(json.isString(), json.asString(""), "a string", pointer);
            case BYTES -> readBytes(json, pointer);
            case ENUM -> readEnum(json, schema, pointer);
            case ARRAY -> readArray(json, schema, pointer);
            case MAP -> readMap(json, schema, pointer);
            case RECORD -> readRecord(json, schema, pointer);
            case UNION -> readUnion(json, schema, pointer);
            default -> throw new IllegalArgumentException("no JSON form for " + schema.getType());
        };
    }

    private static SpecificRecord readRecord(JsonNode json, Schema schema, String pointer) {
        checked(json.isObject(), null, "an object", pointer);
        json.propertyNames().stream()
                .filter(name -> schema.getField(name) == null)
                .findFirst()
                .ifPresent(name -> {
                    throw new JsonShapeException(pointer + "/" + name, "there is no such field in " + schema.getName());
                });
        SpecificRecord record =
                (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (Schema.Field field : schema.getFields()) {
            String at = pointer + "/" + field.name();
            JsonNode value = json.get(field.name());
            if (value != null) {
                record.put(field.pos(), readValue(value, field.schema(), at));
            } else if (field.hasDefaultValue()) {
                record.put(field.pos(), SpecificData.get().getDefaultValue(field));
            } else {
                throw new JsonShapeException(at, "this field is required");
            }
        }
        return record;
    }

    private static Object readLong(JsonNode json, Schema schema, String pointer) {
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            checked(json.isString(), null, "a time such as 2026-01-31T12:00:00.000Z", pointer);
            try {
                return Instant.ofEpochMilli(
                        OffsetDateTime.parse(json.asString("")).toInstant().toEpochMilli());
            } catch (DateTimeException e) {
                throw expected("a time such as 2026-01-31T12:00:00.000Z", pointer);
            }
        }
        return checked(json.isIntegralNumber() && json.canConvertToLong(), json.asLong(0), "a long", pointer);
    }

    private static ByteBuffer readBytes(JsonNode json, String pointer) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(json.asString("*")));
        } catch (IllegalArgumentException e) {
            throw expected("base64", pointer);
        }
    }

    private static Object readEnum(JsonNode json, Schema schema, String pointer) {
        checked(
                json.isString() && schema.hasEnumSymbol(json.asString("")),
                null,
                "one of " + schema.getEnumSymbols(),
                pointer);
        return SpecificData.get().createEnum(json.asString(""), schema);
    }

    private static List<Object> readArray(JsonNode json, Schema schema, String pointer) {
        checked(json.isArray(), null, "an array", pointer);
        List<Object> items = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            items.add(readValue(json.get(i), schema.getElementType(), pointer + "/" + i));
        }
        return items;
    }

    private static Map<String, Object> readMap(JsonNode json, Schema schema, String pointer) {
        checked(json.isObject(), null, "an object", pointer);
        Map<String, Object> map = new TreeMap<>();
        json.properties()
                .forEach(entry -> map.put(
                        entry.getKey(),
                        readValue(entry.getValue(), schema.getValueType(), pointer + "/" + entry.getKey())));
        return map;
    }

    /** Of a union with several scalars the first that fits is taken: integers are longs, other numbers doubles. */
    private static Object readUnion(JsonNode json, Schema schema, String pointer) {
        if (schema.getTypes().size() == 2 && !json.isNull()) {
            int branch = schema.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0;
            return readValue(json, schema.getTypes().get(branch), pointer);
        }
        for (Schema branch : schema.getTypes()) {
            if (fits(json, branch.getType())) {
                return readValue(json, branch, pointer);
            }
        }
        throw expected("one of " + schema.getTypes(), pointer);
    }

    private static boolean fits(JsonNode json, Schema.Type type) {
        return switch (type) {
            case NULL -> json.isNull();
            case BOOLEAN -> json.isBoolean();
            case LONG -> json.isIntegralNumber() && json.canConvertToLong();
            case DOUBLE -> json.isNumber();
            case STRING -> json.isString();
            default -> false;
        };
    }

    private static <T> T checked(boolean holds, T value, String expected, String pointer) {
        if (!holds) {
            throw expected(expected, pointer);
        }
        return value;
    }

    private static JsonShapeException expected(String expected, String pointer) {
        return new JsonShapeException(pointer, "expected " + expected);
    }
}
