package io.weir.topology.cli;

import io.weir.topology.files.TopFields;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends raw messages, keyed by their visitor where it can be read, as a source keyed by visitor needs it. */
final class RawSender implements AutoCloseable {

    private static final TopFields VISITOR = new TopFields("anonymousId", "userId");

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    RawSender(Connection connection, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                connection.clientConfig(Map.of(
                        ProducerConfig.LINGER_MS_CONFIG, 20,
                        ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024,
                        // 8 MiB: messages that intake refuses for their size must reach it.
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends one message, with this timestamp on its record; a message before it may have failed. */
    void send(byte[] message, long timestamp) {
        send(new ProducerRecord<>(topic, null, timestamp, key(message), message));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of failures.
    void send(ProducerRecord<byte[], byte[]> message) {
        check();
        producer.send(message, (sent, e) -> failure.compareAndSet(null, e));
    }

    void flush() {
        producer.flush();
        check();
    }

    @Override
    public void close() {
        producer.close();
        check();
    }

    private void check() {
        if (failure.get() != null) {
            throw CommandException.failed("A message cannot be sent to " + topic + ": "
                    + failure.get().getMessage());
        }
    }

    private static byte[] key(byte[] message) {
        String[] ids = VISITOR.of(message);
        if (ids[0] != null) {
            return ids[0].getBytes(StandardCharsets.UTF_8);
        }
        return ids[1] == null ? null : ("c:" + ids[1]).getBytes(StandardCharsets.UTF_8);
    }
}
