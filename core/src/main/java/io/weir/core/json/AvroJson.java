package io.weir.core.json;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Avro records as the plain JSON that people and scripts read: unions unwrapped, timestamps as ISO-8601 UTC with
 * milliseconds, the keys of maps sorted, bytes in base64, one object without line breaks. {@link AvroJsonReader} is the
 * way back.
 */
public final class AvroJson {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private AvroJson() {}

    /** The record as text. */
    public static String write(SpecificRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        write(record, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Writes the record, and leaves the stream open. */
    public static void write(SpecificRecord record, OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            writeRecord(record, json);
        }
    }

    private static void writeRecord(SpecificRecord record, JsonGenerator json) {
        json.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            json.writeName(field.name());
            writeValue(record.get(field.pos()), json);
        }
        json.writeEndObject();
    }

    private static void writeValue(Object value, JsonGenerator json) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof CharSequence || value instanceof Enum<?>) {
            json.writeString(value.toString());
        } else if (value instanceof Instant instant) {
            json.writeString(Timestamps.format(instant.toEpochMilli()));
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof SpecificRecord nested) {
            writeRecord(nested, json);
        } else {
            writeContainer(value, json);
        }
    }

    private static void writeContainer(Object value, JsonGenerator json) {
        if (value instanceof Collection<?> items) {
            json.writeStartArray();
            items.forEach(item -> writeValue(item, json));
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, entry) -> sorted.put(key.toString(), entry));
            json.writeStartObject();
            sorted.forEach((key, entry) -> {
                json.writeName(key);
                writeValue(entry, json);
            });
            json.writeEndObject();
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            json.writeBinary(copy);
        } else {
            throw new IllegalArgumentException("no JSON form for a value of " + value.getClass());
        }
    }
}
