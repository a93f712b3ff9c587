package io.weir.core.serde;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
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
    private final RecordEncoder encoder;
    private final ThreadLocal<ReusableOutput> buffers = ThreadLocal.withInitial(ReusableOutput::new);

    AvroSerializer(SchemaRegistry registry, Class<T> type) {
        this.registry = registry;
        this.schema = Schemas.of(type);
        this.encoder = new RecordEncoder(schema);
    }

    @Override
    public byte[] serialize(String topic, T record) {
        if (record == null) {
            return null;
        }
        Integer known = idByTopic.get(topic);
        int id = known != null ? known : idByTopic.computeIfAbsent(topic, t -> registry.id(t + "-value", schema));
        ReusableOutput out = buffers.get();
        // Whatever an earlier record left that could not be written to its end.
        out.reset();
        WireFormat.writeHeader(out, id);
        encoder.write(record, out);
        return out.take();
    }
}
