package io.weir.core.serde;

import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Records of a topic that are kept or passed on elsewhere, as they are in that topic: under its subject, since a registry in
 * which a deployment has registered its schemas knows no other.
 *
 * @param topic name in this deployment
 * @param serde of its values
 * @param <V> class of its values
 */
public record KeptRecords<V extends SpecificRecord>(String topic, Serde<V> serde) {

    /** Those of a topic of a deployment. */
    public static <V extends SpecificRecord> KeptRecords<V> of(Topics topics, AvroSerdes serdes, Topic<V> topic) {
        return new KeptRecords<>(topics.name(topic), serdes.of(topic));
    }

    /** The bytes of a record. */
    public byte[] encode(V record) {
        return serde.serializer().serialize(topic, record);
    }

    /** Reads what {@link #encode} made. */
    public V decode(byte[] bytes) {
        return serde.deserializer().deserialize(topic, bytes);
    }
}
