package io.weir.benchmarks;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.topic.Topics;
import io.weir.schemas.CapState;
import io.weir.schemas.CapStatus;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentResults;
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

/** Reads caps, results and alerts as anybody would, and the ledger for what merchants spend. */
final class LatencyReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final String capsTopic;
    private final Deserializer<CapStatus> caps;
    private final Deserializer<LedgerEntry> ledger;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String clicksTopic;
    private final String resultsTopic;
    private final String alertsTopic;
    private final Deserializer<ExperimentResults> results;
    private final Deserializer<ExperimentAlert> alerts;
    private final long[] micros;
    private final long[] eventMicros;
    private final long[] resultMicros;
    private final long[] alertMicros = new long[LatencyLoad.EXPERIMENTS];
    /** Units of each experiment that its results had last. */
    private final int[] units = new int[LatencyLoad.EXPERIMENTS];

    private final Map<String, Long> validNanos = new HashMap<>();
    private int reached;
    private int included;

    LatencyReader(String address, Topics topics, AvroSerdes serdes, int probes) {
        this.capsTopic = topics.name(Topics.CAPS);
        this.clicksTopic = topics.name(Topics.CLICKS);
        this.resultsTopic = topics.name(Topics.RESULTS);
        this.alertsTopic = topics.name(Topics.EXPERIMENT_ALERTS);
        this.results = serdes.deserializer(ExperimentResults.class);
        this.alerts = serdes.deserializer(ExperimentAlert.class);
        this.caps = serdes.deserializer(CapStatus.class);
        this.ledger = serdes.deserializer(LedgerEntry.class);
        this.micros = new long[probes];
        this.eventMicros = new long[probes];
        this.resultMicros = new long[probes];
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
        List<TopicPartition> partitions = Stream.of(
                        capsTopic, clicksTopic, resultsTopic, alertsTopic, topics.name(Topics.LEDGER))
                .flatMap(name -> consumer.partitionsFor(name).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** @throws IllegalStateException if that takes longer than {@code atMost} */
    void readUntilAllAreReached(LatencyLoad load, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (reached < micros.length || included < micros.length) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.topic().equals(clicksTopic)) {
                    readClick(new String(record.key(), StandardCharsets.UTF_8), load);
                } else if (record.topic().equals(resultsTopic)) {
                    read(results.deserialize(record.topic(), record.value()), load);
                } else if (record.topic().equals(alertsTopic)) {
                    read(alerts.deserialize(record.topic(), record.value()), load);
                } else if (record.topic().equals(capsTopic)) {
                    read(caps.deserialize(record.topic(), record.value()), load);
                } else {
                    read(ledger.deserialize(record.topic(), record.value()));
                }
            }
            load.check();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("of " + micros.length + " caps only " + reached + " were reached, and "
                        + included + " exposures in results");
            }
        }
        Arrays.sort(micros);
        Arrays.sort(eventMicros);
        Arrays.sort(resultMicros);
        Arrays.sort(alertMicros);
    }

    /** The first alert of an experiment is that it has no definition: its first exposure decides that. */
    private void read(ExperimentAlert alert, LatencyLoad load) {
        if (alert.getExperimentId().startsWith(LatencyLoad.VISITOR)) {
            int first = number(alert.getExperimentId());
            if (alertMicros[first] == 0 && first < micros.length) {
                alertMicros[first] = (System.nanoTime() - load.dueNanos(first)) / 1_000;
            }
        }
    }

    /** Results with one unit more include the next of the experiment's exposures. */
    private void read(ExperimentResults result, LatencyLoad load) {
        if (!result.getExperimentId().startsWith(LatencyLoad.VISITOR)) {
            return;
        }
        int experiment = number(result.getExperimentId());
        for (; units[experiment] < result.getUnits(); units[experiment]++) {
            int probe = experiment + units[experiment] * LatencyLoad.EXPERIMENTS;
            resultMicros[included] = (System.nanoTime() - load.dueNanos(probe)) / 1_000;
            included++;
        }
    }

    private static int number(String measured) {
        return Integer.parseInt(measured.substring(LatencyLoad.VISITOR.length()));
    }

    private void readClick(String visitor, LatencyLoad load) {
        if (visitor.startsWith(LatencyLoad.VISITOR)) {
            int probe = number(visitor);
            eventMicros[probe] = (System.nanoTime() - load.dueNanos(probe)) / 1_000;
        }
    }

    private void read(CapStatus status, LatencyLoad load) {
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

    /** From exposure to the first result that includes it, sorted. */
    long[] resultMicros() {
        return resultMicros.clone();
    }

    /** From the first exposure of an experiment without definition to the alert that says so, sorted. */
    long[] alertMicros() {
        return Arrays.stream(alertMicros).filter(micro -> micro > 0).toArray();
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
