package io.weir.intake.admission;

import org.apache.kafka.common.header.Headers;

/**
 * A record of a raw topic, as it was read. The arrays are not copied.
 *
 * @param topic raw topic
 * @param partition raw partition
 * @param offset raw offset
 * @param timestamp record timestamp, millis since the epoch, UTC; negative if it has none
 * @param headers record headers
 * @param key key bytes, or null
 * @param value value bytes, or null
 */
@SuppressWarnings("ArrayRecordComponent") // a view on what Kafka handed over; never compared, never a key
public record RawMessage(
        String topic, int partition, long offset, long timestamp, Headers headers, byte[] key, byte[] value) {}
