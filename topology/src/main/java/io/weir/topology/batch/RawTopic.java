package io.weir.topology.batch;

import io.weir.topology.files.InputFile;
import io.weir.topology.files.LineReader;
import io.weir.topology.files.RecordTime;
import io.weir.topology.terminal.ProgressBar;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills the raw topic with the lines of files, in their order, dealt out to the partitions one by one. */
final class RawTopic {

    /** Room for the longest line and what surrounds it. */
    static final int LARGEST_RECORD = LineReader.LONGEST + 1024 * 1024;

    private final String bootstrapServers;
    private final String name;
    private final int partitions;

    RawTopic(String bootstrapServers, String name, int partitions) {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
        this.partitions = partitions;
    }

    /**
     * Writes every line as one message.
     *
     * @param time the timestamps of the records
     * @return the number of messages
     */
    long fill(List<InputFile> files, RecordTime time, ProgressBar progress) {
        long total = files.stream().mapToLong(InputFile::size).sum();
        AtomicLong consumed = new AtomicLong();
        AtomicReference<Exception> failure = new AtomicReference<>();
        long lines = 0;
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (InputFile file : files) {
                try (LineReader reader = file.open(consumed)) {
                    for (byte[] line = reader.next(); line != null; line = reader.next()) {
                        int partition = (int) (lines++ % partitions);
                        ProducerRecord<byte[], byte[]> raw =
                                new ProducerRecord<>(name, partition, time.next(line), null, line);
                        send(producer, raw, failure);
                        progress.at(consumed.get(), total);
                    }
                }
            }
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
        if (failure.get() != null) {
            throw new BatchException(
                    "The lines cannot be written to the embedded broker: "
                            + failure.get().getMessage(),
                    failure.get());
        }
        return lines;
    }

    /** What goes wrong is told to the callback; nobody waits for a single line. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            ProducerRecord<byte[], byte[]> raw,
            AtomicReference<Exception> failure) {
        producer.send(raw, (sent, e) -> failure.compareAndSet(null, e));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "batch-lines",
                        // 256 KiB a request instead of 16 KiB: fewer, larger requests.
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024,
                        // One at a time: the broker may refuse the first batch of a topic that it has just made,
                        // and with others on their way the idempotent producer never comes into order again.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.LINGER_MS_CONFIG,
                        50,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        2L * LARGEST_RECORD,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        LARGEST_RECORD),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
