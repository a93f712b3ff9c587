package io.weir.topology.runtime;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Flushes once for each transaction. Kafka Streams writes out what a task's record caches hold and flushes, task after task, before it
 * commits for all tasks of a thread together; each of those flushes waits for a round trip to the broker, during which the thread
 * processes nothing (ad spend was in them for 36 % of its time). Nothing relies on them: until the commit nobody reads the records, and
 * the stores' offsets are taken after it. So they are put off until the offsets join the transaction, by when every task has
 * written. A record that could not be written fails that step, with its reason as the cause, or with the reason itself where the
 * producer learns it while the offsets are on their way.
 */
final class CommitFlushProducer extends KafkaProducer<byte[], byte[]> {

    CommitFlushProducer(Map<String, Object> config) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Does nothing: see above. */
    @Override
    public void flush() {}

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        super.flush();
        try {
            super.sendOffsetsToTransaction(offsets, groupMetadata);
        } catch (KafkaException e) {
            throw asKafkaStreamsKnowsIt(e);
        }
    }

    /** Where the broker has forgotten the producer, Kafka Streams joins its group anew, unless this is hidden in another exception. */
    static KafkaException asKafkaStreamsKnowsIt(KafkaException e) {
        return isForgotten(e) || isForgotten(e.getCause()) ? new InvalidPidMappingException(e.toString()) : e;
    }

    private static boolean isForgotten(Throwable reason) {
        return reason instanceof InvalidPidMappingException || reason instanceof OutOfOrderSequenceException;
    }
}
