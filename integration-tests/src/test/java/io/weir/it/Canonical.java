package io.weir.it;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;

/** Avro values as text that is the same for equal values. */
final class Canonical {

    private Canonical() {}

    /** All fields of a record but some. */
    static String without(Set<String> left, GenericRecord record) {
        return record.getSchema().getFields().stream()
                .filter(field -> !left.contains(field.name()))
                .map(field -> field.name() + "=" + text(record.get(field.pos())))
                .collect(Collectors.joining(" ", "{", "}"));
    }

    /** Any value. */
    static String text(Object value) {
        if (value instanceof GenericRecord record) {
            return without(Set.of(), record);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, entry) -> sorted.put(key.toString(), text(entry)));
            return sorted.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Canonical::text).toList().toString();
        }
        if (value instanceof ByteBuffer bytes) {
            return Base64.getEncoder().encodeToString(bytes(bytes));
        }
        return String.valueOf(value);
    }

    /** The bytes of a field; null if it is. */
    static byte[] bytes(Object field) {
        if (field == null) {
            return null;
        }
        ByteBuffer buffer = ((ByteBuffer) field).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
