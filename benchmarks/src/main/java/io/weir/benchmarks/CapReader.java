package io.weir.benchmarks;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.topic.Topics;
import io.weir.schemas.CapState;
import io.weir.schemas.CapStatus;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.LedgerKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the caps as an ad platform would, and the ledger for what merchants spend. */
final class CapReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final String capsTopic;
    private final Deserializer<CapStatus> caps;
    private final Deserializer<LedgerEntry> ledger;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String clicksTopic;
    private final long[] micros;
    private final long[] eventMicros;
    private final Map<String, Long> validNanos = new HashMap<>();
    private int reached;

    CapReader(String address, Topics topics, AvroSerdes serdes, int probes) {
        this.capsTopic = topics.name(Topics.CAPS);
        this.clicksTopic = topics.name(Topics.CLICKS);
        this.caps = serdes.deserializer(CapStatus.class);
        this.ledger = serdes.deserializer(LedgerEntry.class);
        this.micros = new long[probes];
        this.eventMicros = new long[probes];
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        address,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(capsTopic, clicksTopic, topics.name(Topics.LEDGER))
                .flatMap(name -> consumer.partitionsFor(name).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** @throws IllegalStateException if that takes longer than {@code atMost} */
    void readUntilAllAreReached(CapLoad load, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (reached < micros.length) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.topic().equals(clicksTopic)) {
                    readClick(new String(record.key(), StandardCharsets.UTF_8), load);
                } else if (record.topic().equals(capsTopic)) {
                    read(caps.deserialize(record.topic(), record.value()), load);
                } else {
                    read(ledger.deserialize(record.topic(), record.value()));
                }
            }
            load.check();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("of " + micros.length + " caps only " + reached + " were reached");
            }
        }
        Arrays.sort(micros);
        Arrays.sort(eventMicros);
    }

    private void readClick(String visitor, CapLoad load) {
        if (visitor.startsWith(CapLoad.VISITOR)) {
            int probe = Integer.parseInt(visitor.substring(CapLoad.VISITOR.length()));
            eventMicros[probe] = (System.nanoTime() - load.dueNanos(probe)) / 1_000;
        }
    }

    private void read(CapStatus status, CapLoad load) {
        if (status.getState() == CapState.CAPPED && status.getMerchantId().startsWith("probe-")) {
            int probe = Integer.parseInt(status.getMerchantId().substring("probe-".length()));
            micros[reached] = (System.nanoTime() - load.dueNanos(probe)) / 1_000;
            reached++;
        }
    }

    private void read(LedgerEntry entry) {
        boolean valid = entry.getKind() == LedgerKind.CHARGE || entry.getKind() == LedgerKind.ABSORB;
        if (valid && !entry.getMerchantId().startsWith("probe-")) {
            validNanos.merge(entry.getCurrency() + " " + entry.getMerchantId(), entry.getAmountNanos(), Long::sum);
        }
    }

    /** From click to cap, sorted. */
    long[] latencyMicros() {
        return micros.clone();
    }

    /** From click to its event, sorted: the part of intake. */
    long[] eventMicros() {
        return eventMicros.clone();
    }

    /** What each merchant of a currency has spent in a second, in units, sorted; at least one. */
    double[] unitsPerSecond(String currency, double seconds) {
        double[] spent = validNanos.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(currency + " "))
                .mapToDouble(entry -> entry.getValue() / 1e9 / seconds)
                .sorted()
                .toArray();
        return spent.length == 0 ? new double[] {0} : spent;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
