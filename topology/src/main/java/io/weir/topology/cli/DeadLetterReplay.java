package io.weir.topology.cli;

import io.weir.core.error.DeadLetters;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.MessageHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Puts dead letters back. A message that was refused several times has left several letters: it is the last one that
 * counts, so the topic is read twice, once to find it and once to send it.
 */
final class DeadLetterReplay {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Connection connection;
    private final String topic;
    private final DeadLetterReason reason;
    private final Instant since;
    private final int maxReplays;

    private final Map<ByteBuffer, Last> lastLetters = new HashMap<>();
    private long sent;

    /**
     * What came of a replay.
     *
     * @param sent messages that were put back
     * @param exhausted messages that had come back too often
     * @param cut messages of which the letters hold only the beginning
     */
    record Outcome(long sent, long exhausted, long cut) {}

    DeadLetterReplay(Connection connection, String topic, DeadLetterReason reason, Instant since, int maxReplays) {
        this.connection = connection;
        this.topic = topic;
        this.reason = reason;
        this.since = since;
        this.maxReplays = maxReplays;
    }

    Outcome run() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            read(consumer, ends, this::note);
            long exhausted = count(last -> !last.cut && last.replays >= maxReplays);
            long cut = count(last -> last.cut);
            try (RawSender sender = new RawSender(connection, "the source of a dead letter")) {
                read(consumer, ends, (message, letter) -> putBack(message, letter, sender));
            }
            return new Outcome(sent, exhausted, cut);
        }
    }

    private long count(Predicate<Last> which) {
        return lastLetters.values().stream()
                .filter(last -> last.wanted && which.test(last))
                .count();
    }

    private void read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            BiConsumer<ConsumerRecord<byte[], byte[]>, DeadLetter> each) {
        Deserializer<DeadLetter> letters = connection.serdes().deserializer(DeadLetter.class);
        consumer.seekToBeginning(ends.keySet());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                if (message.offset() >= ends.get(position(message))) {
                    // Refused since we looked: for the next replay.
                    continue;
                }
                DeadLetter letter = letters.deserialize(topic, message.value());
                if (letter != null && letter.getValue() != null) {
                    each.accept(message, letter);
                }
            }
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> message, DeadLetter letter) {
        boolean wanted = letter.getReason() == reason && !letter.getRefusedAt().isBefore(since);
        boolean cut = letter.getCut();
        Last last = new Last(position(message), message.offset(), letter.getReplays(), wanted, cut);
        lastLetters.merge(fingerprint(letter), last, (one, other) -> other.replays >= one.replays ? other : one);
    }

    private void putBack(ConsumerRecord<byte[], byte[]> message, DeadLetter letter, RawSender sender) {
        Last last = lastLetters.get(fingerprint(letter));
        boolean isLast = last != null && last.partition.equals(position(message)) && last.offset == message.offset();
        if (!isLast || !last.wanted || last.cut || last.replays >= maxReplays) {
            return;
        }
        RecordHeaders headers = new RecordHeaders();
        for (MessageHeader header : letter.getHeaders()) {
            headers.add(header.getKey(), bytes(header.getValue()));
        }
        headers.remove(DeadLetters.REPLAYS_HEADER);
        headers.add(
                DeadLetters.REPLAYS_HEADER, Integer.toString(last.replays + 1).getBytes(StandardCharsets.US_ASCII));
        sender.send(new ProducerRecord<>(
                letter.getSourceTopic(),
                null,
                // An event without a time of its own is dated by its record.
                letter.getSourceTimestamp().toEpochMilli(),
                bytes(letter.getKey()),
                bytes(letter.getValue()),
                headers));
        sent++;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                connection.clientConfig(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The same message, refused again, has the same bytes and comes from the same topic. */
    private static ByteBuffer fingerprint(DeadLetter letter) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(letter.getSourceTopic().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(letter.getValue().duplicate());
            return ByteBuffer.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static TopicPartition position(ConsumerRecord<byte[], byte[]> message) {
        return new TopicPartition(message.topic(), message.partition());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private record Last(TopicPartition partition, long offset, int replays, boolean wanted, boolean cut) {}
}
