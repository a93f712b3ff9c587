package io.weir.intake;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The timestamp of a raw record as it is; where it has none (producers of before 2016, or a negative one by mistake), that
 * of the records before it. It only dates quality counts and dead letters, and must not stop the stream.
 */
final class RawTimestamps implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
    }
}
