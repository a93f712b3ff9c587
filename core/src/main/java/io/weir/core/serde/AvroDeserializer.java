package io.weir.core.serde;

import io.weir.schemas.DeadLetterReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Avro in Confluent's wire format, read with the schema it was written with and resolved to ours. Safe for many threads:
 * readers and decoders are per thread.
 *
 * @param <T> class of the record
 */
final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private final SchemaRegistry registry;
    private final Class<T> type;
    private final Schema schema;
    private final RecordDecoder decoder;
    private final ThreadLocal<Readers> readers = ThreadLocal.withInitial(Readers::new);

    AvroDeserializer(SchemaRegistry registry, Class<T> type) {
        this.registry = registry;
        this.type = type;
        this.schema = Schemas.of(type);
        this.decoder = new RecordDecoder(schema);
    }

    /**
     * Reads a record.
     *
     * @throws UnreadableRecordException if the bytes are not what the topic promises
     * @throws RegistryUnavailableException if the schema is not known yet and the registry does not answer
     */
    @Override
    public T deserialize(String topic, byte[] record) {
        if (record == null) {
            return null;
        }
        int id = WireFormat.schemaId(record);
        Reader reader = readers.get().byId.computeIfAbsent(id, this::reader);
        try {
            return type.cast(reader.read(record));
        } catch (AvroRuntimeException e) {
            throw unreadable(DeadLetterReason.INCOMPATIBLE_SCHEMA, id, e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(DeadLetterReason.MALFORMED, id, e);
        }
    }

    private Reader reader(int id) {
        Schema writtenWith = registry.writtenWith(id);
        if (SchemaNormalization.toParsingForm(writtenWith).equals(SchemaNormalization.toParsingForm(schema))) {
            ReusableInput in = new ReusableInput();
            return record -> {
                in.over(record, WireFormat.HEADER);
                return decoder.read(in);
            };
        }
        SpecificDatumReader<T> resolving = new SpecificDatumReader<>(writtenWith, schema);
        BinaryDecoder reused = DecoderFactory.get().binaryDecoder(new byte[0], null);
        return record -> resolving.read(
                null,
                DecoderFactory.get()
                        .binaryDecoder(record, WireFormat.HEADER, record.length - WireFormat.HEADER, reused));
    }

    private UnreadableRecordException unreadable(DeadLetterReason reason, int id, Exception e) {
        return new UnreadableRecordException(
                reason,
                "The value cannot be read as " + schema.getName() + " with schema id " + id + ": " + e.getMessage());
    }

    /** Reads what was written with one schema. */
    private interface Reader {
        Object read(byte[] record) throws IOException;
    }

    /** The readers of one thread. */
    private static final class Readers {
        private final Map<Integer, Reader> byId = new HashMap<>();
    }
}
