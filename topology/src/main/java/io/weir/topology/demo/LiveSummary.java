package io.weir.topology.demo;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.schemas.CapStatus;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentResults;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.QualityAlert;
import io.weir.schemas.Session;
import io.weir.schemas.Statement;
import io.weir.schemas.Verdict;
import io.weir.topology.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the output topics of the demo as anybody could, and shows what is in them. For one thread. */
final class LiveSummary implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int SHOWN = 5;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Deserializer<? extends SpecificRecord>> values = new HashMap<>();

    private final Map<String, Long> accepted = new TreeMap<>();
    private final Map<String, Long> sessions = new TreeMap<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private final Map<String, Long> pages = new HashMap<>();
    private final Map<String, String> alerts = new TreeMap<>();
    private final AdSpendLines adSpend = new AdSpendLines();
    private final ExperimentLines experiments = new ExperimentLines();
    private final FraudLines fraud = new FraudLines();
    private long read;

    LiveSummary(String bootstrapServers, Topics topics, AvroSerdes serdes) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.CLIENT_ID_CONFIG, "demo-summary"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        for (EventKind kind : Topics.kinds()) {
            add(topics, Topics.of(kind), serdes);
        }
        add(topics, Topics.SESSIONS, serdes);
        add(topics, Topics.DEAD_LETTER, serdes);
        add(topics, Topics.QUALITY_ALERTS, serdes);
        add(topics, Topics.CAPS, serdes);
        add(topics, Topics.STATEMENTS, serdes);
        add(topics, Topics.RESULTS, serdes);
        add(topics, Topics.EXPERIMENT_ALERTS, serdes);
        topics.alerts().forEach(topic -> add(topics, topic, serdes));
        add(topics, Topics.VERDICTS, serdes);
        add(topics, Topics.VISITOR_VERDICTS, serdes);
        List<TopicPartition> partitions = values.keySet().stream()
                .flatMap(name -> consumer.partitionsFor(name).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in what is new; returns whether there was anything. */
    boolean poll() {
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
            count(values.get(message.topic()).deserialize(message.topic(), message.value()));
            any = true;
        }
        return any;
    }

    /** Shows the totals so far. */
    void print(PrintWriter out, Instant now, long sent) {
        out.println("%s UTC  %s events sent, %s accepted"
                .formatted(TIME.format(now), Terminal.grouped(sent), Terminal.grouped(read)));
        line(out, "accepted", largest(accepted));
        line(out, "sessions", each(sessions));
        line(out, "top pages", largest(pages));
        line(out, "dead letters", largest(deadLetters));
        adSpend.each((what, text) -> line(out, what, text));
        experiments.each((what, text) -> line(out, what, text));
        fraud.each((what, text) -> line(out, what, text));
        line(
                out,
                "alerts",
                alerts.isEmpty()
                        ? "none"
                        : alerts.entrySet().stream()
                                .map(alert -> alert.getKey() + " " + alert.getValue())
                                .collect(Collectors.joining(", ")));
        out.println();
        out.flush();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private <V extends SpecificRecord> void add(Topics topics, Topic<V> topic, AvroSerdes serdes) {
        values.put(topics.name(topic), serdes.deserializer(topic.type()));
    }

    private void count(SpecificRecord value) {
        if (value instanceof Event event) {
            read++;
            accepted.merge(event.getKind().toString(), 1L, Long::sum);
            if (event.getKind() == EventKind.page_view && event.getPage() != null) {
                pages.merge(event.getPage().getPath(), 1L, Long::sum);
            }
        } else if (value instanceof Session session) {
            sessions.merge(session.getStatus().toString(), 1L, Long::sum);
        } else if (value instanceof DeadLetter letter) {
            deadLetters.merge(letter.getReason().toString(), 1L, Long::sum);
        } else if (value instanceof CapStatus status) {
            adSpend.add(status);
        } else if (value instanceof Statement statement) {
            adSpend.add(statement);
        } else if (value instanceof ExperimentResults results) {
            experiments.add(results);
        } else if (value instanceof ExperimentAlert alert) {
            experiments.add(alert);
        } else if (value instanceof FraudAlert alert) {
            fraud.add(alert);
        } else if (value instanceof Verdict verdict) {
            fraud.add(verdict);
        } else if (value instanceof QualityAlert alert) {
            alerts.put(
                    alert.getSource() + "|" + alert.getEventName(),
                    alert.getStatus().toString());
        }
    }

    private static void line(PrintWriter out, String what, String text) {
        out.println("  %-13s %s".formatted(what, text.isEmpty() ? "none yet" : text));
    }

    private static String each(Map<String, Long> counts) {
        return counts.entrySet().stream().map(LiveSummary::show).collect(Collectors.joining("   "));
    }

    private static String largest(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(LiveSummary::show)
                .collect(Collectors.joining("   "));
    }

    private static String show(Map.Entry<String, Long> count) {
        return count.getKey() + " " + Terminal.grouped(count.getValue());
    }
}
