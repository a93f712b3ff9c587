package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.embedded.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CommitFlushProducerTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int TOO_MUCH = 9 << 20;

    private static EmbeddedBroker broker;
    private static Records records;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.builder().start();
        broker.createTopics(Map.of("first", 1, "second", 1, "read", 1));
        records = new Records(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void recordsOfAllTasksAreWrittenWhenTheOffsetsJoin() {
        try (CommitFlushProducer producer = producer("together")) {
            producer.beginTransaction();
            Future<RecordMetadata> one = send(producer, "first", "a");
            producer.flush();
            Future<RecordMetadata> other = send(producer, "second", "b");
            producer.flush();

            assertThat(one).isNotDone();
            producer.sendOffsetsToTransaction(readUpTo(1), group("together"));

            assertThat(one).isDone();
            assertThat(other).isDone();
            producer.commitTransaction();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(records.read("first")).containsExactly("k=a"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(records.read("second")).containsExactly("k=b"));
        }
    }

    @Test
    void aRecordThatTheBrokerRefusesKeepsOffsetsOut() {
        try (CommitFlushProducer producer = producer("refused")) {
            producer.beginTransaction();
            Future<RecordMetadata> refused = send(producer, "first", "x".repeat(TOO_MUCH));
            producer.flush();

            assertThatThrownBy(() -> producer.sendOffsetsToTransaction(readUpTo(2), group("refused")))
                    // The reason itself, or the cause: whether the producer fails before or while it sends the offsets
                    // is a race.
                    .hasStackTraceContaining(RecordTooLargeException.class.getName());
            assertThat(refused).isDone();
            producer.abortTransaction();
        }
    }

    /** After these the tasks move, as they do where Kafka Streams sees them in its own flush; others stay what they are. */
    @Test
    void aProducerThatTheBrokerHasForgottenIsNoFaultOfTheFeature() {
        for (KafkaException forgotten : List.of(
                new InvalidPidMappingException("expired"),
                new OutOfOrderSequenceException("lost"),
                new UnknownProducerIdException("unknown"))) {
            assertThat(CommitFlushProducer.asKafkaStreamsKnowsIt(new KafkaException("in an error state", forgotten)))
                    .isInstanceOf(InvalidPidMappingException.class);
            assertThat(CommitFlushProducer.asKafkaStreamsKnowsIt(forgotten))
                    .isInstanceOf(InvalidPidMappingException.class);
        }
        KafkaException other = new KafkaException("in an error state", new RecordTooLargeException("large"));
        assertThat(CommitFlushProducer.asKafkaStreamsKnowsIt(other)).isSameAs(other);
        KafkaException fenced = new ProducerFencedException("another");
        assertThat(CommitFlushProducer.asKafkaStreamsKnowsIt(fenced)).isSameAs(fenced);
    }

    private static CommitFlushProducer producer(String transactionalId) {
        CommitFlushProducer producer = new CommitFlushProducer(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                transactionalId,
                // Longer than the test takes: only a flush sends.
                ProducerConfig.LINGER_MS_CONFIG,
                60_000,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                2 * TOO_MUCH));
        producer.initTransactions();
        return producer;
    }

    private static Future<RecordMetadata> send(CommitFlushProducer producer, String topic, String value) {
        return producer.send(new ProducerRecord<>(
                topic, "k".getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
    }

    private static ConsumerGroupMetadata group(String id) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(), ConsumerConfig.GROUP_ID_CONFIG, id);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> readUpTo(long offset) {
        return Map.of(new TopicPartition("read", 0), new OffsetAndMetadata(offset));
    }
}
