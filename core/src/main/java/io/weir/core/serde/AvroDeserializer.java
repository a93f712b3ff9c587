package io.weir.core.serde;

import io.weir.schemas.DeadLetterReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
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
    private final Schema schema;
    private final ThreadLocal<Readers<T>> readers = ThreadLocal.withInitial(Readers::new);

    AvroDeserializer(SchemaRegistry registry, Class<T> type) {
        this.registry = registry;
        this.schema = Schemas.of(type);
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
        Readers<T> mine = readers.get();
        SpecificDatumReader<T> reader = mine.byId.get(id);
        if (reader == null) {
            reader = new SpecificDatumReader<>(registry.writtenWith(id), schema);
            mine.byId.put(id, reader);
        }
        try {
            mine.decoder = DecoderFactory.get()
                    .binaryDecoder(record, WireFormat.HEADER, record.length - WireFormat.HEADER, mine.decoder);
            return reader.read(null, mine.decoder);
        } catch (AvroRuntimeException e) {
            throw unreadable(DeadLetterReason.INCOMPATIBLE_SCHEMA, id, e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(DeadLetterReason.MALFORMED, id, e);
        }
    }

    private UnreadableRecordException unreadable(DeadLetterReason reason, int id, Exception e) {
        return new UnreadableRecordException(
                reason,
                "The value cannot be read as " + schema.getName() + " with schema id " + id + ": " + e.getMessage());
    }

    private static final class Readers<T> {

        private final Map<Integer, SpecificDatumReader<T>> byId = new HashMap<>();
        private BinaryDecoder decoder;
    }
}
