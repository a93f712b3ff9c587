package io.weir.core.serde;

import io.weir.core.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** Serdes of what is in the topics. Every serde may be shared by threads. */
public final class AvroSerdes {

    private final SchemaRegistry registry;

    /** @param registry where schemas are found by id */
    public AvroSerdes(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** Where the schemas are. */
    public SchemaRegistry registry() {
        return registry;
    }

    /** Serde of a topic's values. */
    public <T extends SpecificRecord> Serde<T> of(Topic<T> topic) {
        return of(topic.type());
    }

    /** Serde of a record. */
    public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        return Serdes.serdeFrom(serializer(type), deserializer(type));
    }

    /** Writes a record in Confluent's wire format. */
    public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
        return new AvroSerializer<>(registry, type);
    }

    /** Reads a record in Confluent's wire format, of whichever schema version it was written with. */
    public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        return new AvroDeserializer<>(registry, type);
    }
}
