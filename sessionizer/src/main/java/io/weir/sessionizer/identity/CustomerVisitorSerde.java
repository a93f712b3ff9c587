package io.weir.sessionizer.identity;

import io.weir.core.bytes.ByteWriter;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Serde of the repartition topic by customer, whose keys are customer ids. Make one for each topology: no buffer is shared. */
public final class CustomerVisitorSerde implements Serde<CustomerVisitor> {

    @Override
    public Serializer<CustomerVisitor> serializer() {
        return (topic, visitor) -> visitor == null ? null : IdentityCodec.encode(new ByteWriter(), visitor);
    }

    @Override
    public Deserializer<CustomerVisitor> deserializer() {
        return (topic, bytes) -> bytes == null ? null : IdentityCodec.decodeVisitor(bytes);
    }
}
