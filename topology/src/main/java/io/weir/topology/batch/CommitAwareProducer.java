package io.weir.topology.batch;

import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Knows whether it holds records that no transaction has committed yet. Nobody outside can see those: without this, a
 * batch could take a topic for complete while its last records are still in a buffer.
 */
final class CommitAwareProducer extends KafkaProducer<byte[], byte[]> {

    private volatile boolean allCommitted = true;

    CommitAwareProducer(Map<String, Object> config) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    boolean allCommitted() {
        return allCommitted;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
        allCommitted = false;
        return super.send(message, callback);
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        allCommitted = true;
    }
}
