package io.weir.topology.runtime;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What the consumers of one feature know of the ends of their partitions, taken from their own metrics, which both group
 * protocols keep: the lag as of the last fetch that brought something of a partition, and the number of fetches that a
 * broker has answered. A lag of 0 holds as long as fetches are answered, for an answer that has nothing of a partition
 * says that there is nothing new. Records that were fetched and wait to be processed count as read: who asks knows
 * whether it is idle. Safe for many threads.
 */
public final class ConsumerProgress implements UpstreamProgress.Own {

    /** A fetch that finds nothing is answered after 500 ms (fetch.max.wait.ms), so this is six answers missed. */
    static final long CONFIRMED_NANOS = 3_000_000_000L;

    private static final String PROPERTY = "weir.consumer-progress";
    private static final String GROUP = "consumer-fetch-manager-metrics";
    private static final String LAG = "records-lag";
    private static final String FETCHES = "fetch-total";

    private final LongSupplier nanos;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();

    /** Knows nothing until consumers are made with {@link #properties()}. */
    public ConsumerProgress() {
        this(System::nanoTime);
    }

    ConsumerProgress(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What makes the main consumers of a stream report here. */
    public Map<String, Object> properties() {
        return Map.of(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG),
                "org.apache.kafka.common.metrics.JmxReporter," + Reporter.class.getName(),
                StreamsConfig.mainConsumerPrefix(PROPERTY),
                this);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A topic that has no such partition, or whose partition another process reads, is left out; false if that is
     * all of them.
     */
    @Override
    public boolean caughtUp(Set<String> topics, int partition) {
        return caughtUp(at -> at.partition() == partition && topics.contains(at.topic()));
    }

    /** Whether a broker has confirmed, within the last few seconds, that nothing is left to read of anything. */
    boolean caughtUp() {
        return caughtUp(partition -> true);
    }

    /** {@inheritDoc} As of now: see {@link UpstreamProgress} for how long it has held. */
    @Override
    public boolean settled(Set<String> topics) {
        return caughtUp(partition -> topics.contains(partition.topic()));
    }

    private boolean caughtUp(Predicate<TopicPartition> concerned) {
        long now = nanos.getAsLong();
        boolean found = false;
        for (Client client : clients) {
            boolean answered = client.answered(now);
            for (Map.Entry<TopicPartition, KafkaMetric> lag : client.lags.entrySet()) {
                if (concerned.test(lag.getKey())) {
                    found = true;
                    if (!answered || value(lag.getValue()) != 0) {
                        return false;
                    }
                }
            }
        }
        return found;
    }

    /**
     * {@inheritDoc} Seen by those that ask. Partitions are not asked for at one moment: where events go on without end there is none at
     * which all have been read.
     */
    @Override
    public boolean emptiedSince(Predicate<TopicPartition> concerned, long since) {
        long now = nanos.getAsLong();
        boolean found = false;
        boolean all = true;
        for (Client client : clients) {
            boolean answered = client.answered(now);
            for (Map.Entry<TopicPartition, KafkaMetric> lag : client.lags.entrySet()) {
                if (concerned.test(lag.getKey())) {
                    found = true;
                    if (answered && value(lag.getValue()) == 0) {
                        client.emptied.put(lag.getKey(), now);
                    }
                    Long emptied = client.emptied.get(lag.getKey());
                    all &= emptied != null && emptied - since >= 0;
                }
            }
        }
        return found && all;
    }

    private static boolean isLag(MetricName name) {
        return name.name().equals(LAG) && name.tags().containsKey("partition");
    }

    private static TopicPartition partition(MetricName name) {
        return new TopicPartition(
                name.tags().get("topic"), Integer.parseInt(name.tags().get("partition")));
    }

    private static double value(KafkaMetric metric) {
        return metric.metricValue() instanceof Double number ? number : Double.NaN;
    }

    /** One consumer. */
    private static final class Client {

        private final Map<TopicPartition, KafkaMetric> lags = new ConcurrentHashMap<>();
        private final Map<TopicPartition, Long> emptied = new ConcurrentHashMap<>();
        private volatile KafkaMetric fetches;
        private double count = Double.NaN;
        private long askedAt;
        private long changedAt;

        /** Whether a broker has answered a fetch lately, as far as can be seen from the times this was asked. */
        private synchronized boolean answered(long now) {
            if (fetches == null) {
                return false;
            }
            double current = value(fetches);
            // Without a recent look the change may be of any time since: it is no more than a first look.
            boolean watched = !Double.isNaN(count) && now - askedAt < CONFIRMED_NANOS;
            boolean changed = current != count;
            if (changed || !watched) {
                changedAt = watched ? now : now - CONFIRMED_NANOS;
            }
            count = current;
            askedAt = now;
            return now - changedAt < CONFIRMED_NANOS;
        }
    }

    /** Made by each consumer, from its properties. */
    public static final class Reporter implements MetricsReporter {

        private final Client client = new Client();
        private ConsumerProgress progress;

        @Override
        public void configure(Map<String, ?> properties) {
            progress = (ConsumerProgress) properties.get(PROPERTY);
            progress.clients.add(client);
        }

        @Override
        public void init(List<KafkaMetric> metrics) {
            metrics.forEach(this::metricChange);
        }

        @Override
        public void metricChange(KafkaMetric metric) {
            MetricName name = metric.metricName();
            if (!name.group().equals(GROUP)) {
                return;
            }
            if (isLag(name)) {
                client.lags.put(partition(name), metric);
            } else if (name.name().equals(FETCHES)) {
                client.fetches = metric;
            }
        }

        @Override
        public void metricRemoval(KafkaMetric metric) {
            MetricName name = metric.metricName();
            if (name.group().equals(GROUP) && isLag(name)) {
                client.lags.remove(partition(name), metric);
            }
        }

        /** A consumer that is closed removes none of its metrics. */
        @Override
        public void close() {
            progress.clients.remove(client);
        }
    }
}
