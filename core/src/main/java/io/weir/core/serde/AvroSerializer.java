package io.weir.core.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro in Confluent's wire format, subjects by topic name. Kafka Streams shares one instance between all threads of a
 * topology, so the buffers are per thread.
 *
 * @param <T> class of the record
 */
final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    private final SchemaRegistry registry;
    private final Schema schema;
    private final Map<String, Integer> idByTopic = new ConcurrentHashMap<>();
    private final ThreadLocal<Buffers<T>> buffers;

    AvroSerializer(SchemaRegistry registry, Class<T> type) {
        this.registry = registry;
        this.schema = Schemas.of(type);
        this.buffers = ThreadLocal.withInitial(() -> new Buffers<>(type));
    }

    @Override
    public byte[] serialize(String topic, T record) {
        if (record == null) {
            return null;
        }
        Integer known = idByTopic.get(topic);
        int id = known != null ? known : idByTopic.computeIfAbsent(topic, t -> registry.id(t + "-value", schema));
        Buffers<T> mine = buffers.get();
        try {
            return mine.write(id, record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Buffers<T extends SpecificRecord> {

        private final ReusableOutput out = new ReusableOutput();
        private final SpecificDatumWriter<T> writer;
        private BinaryEncoder encoder;

        Buffers(Class<T> type) {
            this.writer = new SpecificDatumWriter<>(type);
        }

        byte[] write(int id, T record) throws IOException {
            out.reset();
            WireFormat.writeHeader(out, id);
            // The buffering encoder: the direct one takes the stream's lock for each field, some eighty times an event.
            encoder = EncoderFactory.get().binaryEncoder(out, encoder);
            writer.write(record, encoder);
            encoder.flush();
            return out.take();
        }
    }
}
