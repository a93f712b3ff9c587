package io.weir.benchmarks;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.topic.Topics;
import io.weir.schemas.CapState;
import io.weir.schemas.CapStatus;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentAlertKind;
import io.weir.schemas.ExperimentResults;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.LedgerKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    private final Probes probes;
    private final LatencyLoad load;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String capsTopic;
    private final String clicksTopic;
    private final String resultsTopic;
    private final String alertsTopic;
    private final Deserializer<CapStatus> caps;
    private final Deserializer<LedgerEntry> ledger;
    private final Deserializer<ExperimentResults> results;
    private final Deserializer<ExperimentAlert> alerts;

    private final Latency toEvent = new Latency("click to event");
    private final Latency toCap = new Latency("click to cap");
    private final Latency exposureToResult = new Latency("exposure to result");
    private final Latency orderToResult = new Latency("order to result");
    private final Latency toUnknown = new Latency("first exposure of an experiment nobody defined to alert");
    private final Latency toMismatch = new Latency("decisive exposure of a wrong split to alert");
    private final Latency toSilence = new Latency("decisive order of a variant that alone sells to alert");
    /** Units and converters of each experiment that its results had last. */
    private final Map<String, int[]> seen = new HashMap<>();

    private final Map<String, Long> validNanos = new HashMap<>();

    private final int unmeasured;

    /** @param unmeasured so many times at the start are not counted, save for the alerts, of which there are few */
    LatencyReader(String address, Topics topics, AvroSerdes serdes, Probes probes, LatencyLoad load, int unmeasured) {
        this.unmeasured = unmeasured;
        this.probes = probes;
        this.load = load;
        this.capsTopic = topics.name(Topics.CAPS);
        this.clicksTopic = topics.name(Topics.CLICKS);
        this.resultsTopic = topics.name(Topics.RESULTS);
        this.alertsTopic = topics.name(Topics.EXPERIMENT_ALERTS);
        this.results = serdes.deserializer(ExperimentResults.class);
        this.alerts = serdes.deserializer(ExperimentAlert.class);
        this.caps = serdes.deserializer(CapStatus.class);
        this.ledger = serdes.deserializer(LedgerEntry.class);
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
    void readUntilAllHaveCome(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        List<Latency> complete = List.of(toCap, exposureToResult, orderToResult);
        while (complete.stream().anyMatch(latency -> latency.count() < probes.count())) {
            consumer.poll(POLL).forEach(this::read);
            load.check();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("of " + probes.count() + " each there came " + complete);
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(clicksTopic)) {
            readClick(new String(record.key(), StandardCharsets.UTF_8));
        } else if (topic.equals(resultsTopic)) {
            read(results.deserialize(topic, record.value()));
        } else if (topic.equals(alertsTopic)) {
            read(alerts.deserialize(topic, record.value()));
        } else if (topic.equals(capsTopic)) {
            read(caps.deserialize(topic, record.value()));
        } else {
            read(ledger.deserialize(topic, record.value()));
        }
    }

    private void readClick(String visitor) {
        if (probes.isMeasured(visitor)) {
            came(toEvent, probes.number(visitor));
        }
    }

    private void came(Latency latency, int time) {
        if (time < unmeasured) {
            latency.cameUnmeasured();
        } else {
            latency.came(load.dueNanos(time));
        }
    }

    private void read(CapStatus status) {
        if (status.getState() == CapState.CAPPED && probes.isMerchant(status.getMerchantId())) {
            came(toCap, probes.timeOfClick(status.getMerchantId()));
        }
    }

    /** Results with one unit more include the next of the experiment's exposures; with one converter more, the next order. */
    private void read(ExperimentResults result) {
        String experiment = result.getExperimentId();
        if (!probes.isMeasured(experiment)) {
            return;
        }
        int[] before = seen.computeIfAbsent(experiment, any -> new int[2]);
        for (; before[0] < result.getUnits(); before[0]++) {
            came(exposureToResult, probes.timeOfUnit(experiment, before[0]));
        }
        long converters = result.getVariants().stream()
                .mapToLong(variant -> variant.getMetrics().get(0).getConverters())
                .sum();
        for (; before[1] < converters; before[1]++) {
            came(orderToResult, probes.timeOfOrder(experiment, before[1]));
        }
    }

    private void read(ExperimentAlert alert) {
        String experiment = alert.getExperimentId();
        ExperimentAlertKind kind = alert.getKind();
        if (probes.isMeasured(experiment) && kind == ExperimentAlertKind.UNKNOWN_EXPERIMENT) {
            toUnknown.came(load.dueNanos(probes.timeOfUnit(experiment, 0)));
        } else if (kind == ExperimentAlertKind.SAMPLE_RATIO_MISMATCH && probes.timeOfMismatch(experiment) >= 0) {
            toMismatch.came(load.dueNanos(probes.timeOfMismatch(experiment)));
        } else if (kind == ExperimentAlertKind.VARIANT_WITHOUT_CONVERSIONS && probes.timeOfSilence(experiment) >= 0) {
            toSilence.came(load.dueNanos(probes.timeOfSilence(experiment)));
        }
    }

    private void read(LedgerEntry entry) {
        boolean valid = entry.getKind() == LedgerKind.CHARGE || entry.getKind() == LedgerKind.ABSORB;
        if (valid && !probes.isMerchant(entry.getMerchantId())) {
            validNanos.merge(entry.getCurrency() + " " + entry.getMerchantId(), entry.getAmountNanos(), Long::sum);
        }
    }

    /** From click to cap. */
    Latency toCap() {
        return toCap;
    }

    /** Everything that was measured. */
    List<Latency> all() {
        return List.of(toEvent, toCap, exposureToResult, orderToResult, toUnknown, toMismatch, toSilence);
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
