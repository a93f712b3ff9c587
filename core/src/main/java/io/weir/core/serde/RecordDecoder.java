package io.weir.core.serde;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads records that were written with the very schema that their class has, which is nearly all of them: nothing to
 * resolve, so what to do is decided once, when this is made. What was written with another version is read by Avro's own
 * reader. The records are those of Avro's reader.
 */
final class RecordDecoder {

    /** Reads one value of the type that it was made for. */
    private interface ValueDecoder {
        Object read(ReusableInput in);
    }

    private final ValueDecoder root;

    /**
     * A decoder for that schema.
     *
     * @throws IllegalArgumentException if the schema has what none of ours has: fixed, float, logical types other than
     *     timestamp-millis
     */
    RecordDecoder(Schema schema) {
        this.root = decoder(schema, new HashMap<>());
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if the bytes are not such a record
     */
    Object read(ReusableInput in) {
        return root.read(in);
    }

    private static ValueDecoder decoder(Schema schema, Map<Schema, ValueDecoder> made) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, made);
            case UNION -> union(schema, made);
            case ARRAY -> array(decoder(schema.getElementType(), made));
            case MAP -> map(decoder(schema.getValueType(), made));
            case ENUM -> symbol(schema);
            case STRING -> ReusableInput::readText;
            case BYTES -> in -> ByteBuffer.wrap(in.readBytes());
            case LONG -> number(schema);
            case INT -> ReusableInput::readInt;
            case DOUBLE -> ReusableInput::readDouble;
            case BOOLEAN -> ReusableInput::readBoolean;
            case NULL -> in -> null;
            case FLOAT, FIXED -> throw unsupported(schema);
        };
    }

    private static ValueDecoder record(Schema schema, Map<Schema, ValueDecoder> made) {
        ValueDecoder known = made.get(schema);
        if (known != null) {
            return known;
        }
        List<Schema.Field> fields = schema.getFields();
        ValueDecoder[] decoders = new ValueDecoder[fields.size()];
        GenericData.InstanceSupplier instances = SpecificData.get().getNewRecordSupplier(schema);
        ValueDecoder decoder = in -> {
            SpecificRecord record = (SpecificRecord) instances.newInstance(null, schema);
            for (int i = 0; i < decoders.length; i++) {
                record.put(i, decoders[i].read(in));
            }
            return record;
        };
        made.put(schema, decoder);
        for (int i = 0; i < decoders.length; i++) {
            decoders[i] = decoder(fields.get(i).schema(), made);
        }
        return decoder;
    }

    private static ValueDecoder union(Schema union, Map<Schema, ValueDecoder> made) {
        ValueDecoder[] branches =
                union.getTypes().stream().map(branch -> decoder(branch, made)).toArray(ValueDecoder[]::new);
        return in -> branches[in.readIndex(branches.length)].read(in);
    }

    private static ValueDecoder array(ValueDecoder element) {
        return in -> {
            List<Object> elements = new ArrayList<>();
            for (long left = in.readBlock(); left > 0; left = in.readBlock()) {
                for (; left > 0; left--) {
                    elements.add(element.read(in));
                }
            }
            return elements;
        };
    }

    private static ValueDecoder map(ValueDecoder element) {
        return in -> {
            Map<String, Object> entries = new HashMap<>();
            for (long left = in.readBlock(); left > 0; left = in.readBlock()) {
                for (; left > 0; left--) {
                    entries.put(in.readText(), element.read(in));
                }
            }
            return entries;
        };
    }

    private static ValueDecoder symbol(Schema schema) {
        Object[] symbols = schema.getEnumSymbols().stream()
                .map(symbol -> SpecificData.get().createEnum(symbol, schema))
                .toArray();
        return in -> symbols[in.readIndex(symbols.length)];
    }

    private static ValueDecoder number(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical == null) {
            return ReusableInput::readLong;
        }
        if (logical instanceof LogicalTypes.TimestampMillis) {
            return in -> Instant.ofEpochMilli(in.readLong());
        }
        throw unsupported(schema);
    }

    private static IllegalArgumentException unsupported(Schema schema) {
        return new IllegalArgumentException("No decoder for " + schema);
    }
}
