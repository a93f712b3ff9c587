package io.weir.topology.cli;

import io.weir.core.serde.UnreadableRecordException;
import io.weir.core.topic.Topic;
import io.weir.topology.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A topic as JSON lines. */
@Command(
        name = "tail",
        description = {
            "Prints the records of a topic as JSON, one a line, as they come.",
            "Dead letters hold messages as they were sent, with all that is personal in them: their bytes and headers are"
                    + " left out unless --raw is given."
        })
final class TailCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "TOPIC", description = "Its name, with the prefix of the deployment.")
    String topic = "";

    @Option(names = "--from-beginning", description = "From the oldest record on, not from now.")
    boolean fromBeginning;

    @Option(names = "--until-end", description = "Stop at the end that the topic has now.")
    boolean untilEnd;

    @Option(names = "--max", paramLabel = "N", description = "Stop after this many records.")
    Optional<Long> max = Optional.empty();

    @Option(
            names = "--raw",
            description = "The bytes and headers of dead letters too; and topics that are not Weir's, as they are.")
    boolean raw;

    private final Terminal terminal;

    TailCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (max.isPresent() && max.get() < 1) {
            throw CommandException.usage("--max: expected a whole number from 1, found " + max.get());
        }
        Connection connection = Connection.of(common.settings());
        Optional<Topic<?>> known = connection.topics().find(topic);
        if (known.isEmpty() && !raw) {
            throw CommandException.usage(topic + " is not a topic of Weir's: name one of those that"
                    + " \"weir topics check\" lists, or add --raw to see its messages as they are.");
        }
        connection.requireTopic(topic);
        RecordLines lines = known.map(type -> RecordLines.of(type, connection.serdes(), raw))
                .orElseGet(RecordLines::asTheyAre);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(connection)) {
            follow(consumer, lines);
        }
        return ExitCodes.DONE;
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer, RecordLines lines) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            ends.forEach(consumer::seek);
        }
        long left = max.orElse(Long.MAX_VALUE);
        while (left > 0 && !(untilEnd && reached(consumer, ends))) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                if (left > 0 && message.value() != null) {
                    terminal.out().println(line(lines, message));
                    left--;
                }
            }
            if (terminal.out().checkError()) {
                // Whoever read our output has gone, as "head" does.
                return;
            }
        }
    }

    private String line(RecordLines lines, ConsumerRecord<byte[], byte[]> message) {
        try {
            return lines.line(message);
        } catch (UnreadableRecordException e) {
            throw CommandException.failed(topic + ": the record at partition " + message.partition() + ", offset "
                    + message.offset() + " is not what the topic holds: " + e.getMessage());
        }
    }

    private static boolean reached(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Connection connection) {
        return new KafkaConsumer<>(
                connection.clientConfig(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
