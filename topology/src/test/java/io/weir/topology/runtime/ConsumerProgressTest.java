package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeCount;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

class ConsumerProgressTest {

    private static final Set<String> CLICKS = Set.of("events.clicks");

    private final AtomicLong nanos = new AtomicLong();
    private final ConsumerProgress progress = new ConsumerProgress(nanos::get);
    private final FakeConsumer consumer = new FakeConsumer("consumer-1", progress);

    @Test
    void nothingIsKnownBeforeThePartitionWasFetched() {
        consumer.fetchAnswered();

        assertThat(progress.caughtUp(CLICKS, 0)).isFalse();
    }

    @Test
    void caughtUpOnceABrokerAnswersAndTheLagIsZero() {
        consumer.lag("events.clicks", 0, 0);

        assertThat(progress.caughtUp(CLICKS, 0)).as("first look").isFalse();
        consumer.fetchAnswered();

        assertThat(progress.caughtUp(CLICKS, 0)).isTrue();
    }

    @Test
    void notCaughtUpWhileThereIsABacklog() {
        consumer.lag("events.clicks", 0, 7);
        watched();

        assertThat(progress.caughtUp(CLICKS, 0)).isFalse();

        consumer.lag("events.clicks", 0, 0);
        assertThat(progress.caughtUp(CLICKS, 0)).isTrue();
    }

    @Test
    void aTopicIsReadOnceNothingIsLeftOfAnyOfItsPartitions() {
        consumer.lag("events.clicks", 0, 0);
        consumer.lag("events.clicks", 1, 3);
        consumer.lag("raw", 0, 9);
        watched();
        assertThat(progress.settled(CLICKS)).isFalse();

        consumer.lag("events.clicks", 1, 0);
        assertThat(progress.settled(CLICKS)).isTrue();
    }

    @Test
    void allIsReadOnceNothingIsLeftOfAnyPartition() {
        assertThat(progress.caughtUp()).as("nothing known").isFalse();
        consumer.lag("events.clicks", 0, 0);
        consumer.lag("raw", 3, 1);
        watched();

        assertThat(progress.caughtUp()).isFalse();

        consumer.lag("raw", 3, 0);
        assertThat(progress.caughtUp()).isTrue();
    }

    @Test
    void aBrokerThatStopsToAnswerConfirmsForThreeSeconds() {
        consumer.lag("events.clicks", 0, 0);
        watched();

        assertThat(pollEverySecond(5)).containsExactly(true, true, false, false, false);

        consumer.fetchAnswered();
        assertThat(progress.caughtUp(CLICKS, 0)).isTrue();
    }

    @Test
    void anAnswerThatMayBeOldDoesNotConfirm() {
        consumer.lag("events.clicks", 0, 0);
        watched();
        consumer.fetchAnswered();

        nanos.addAndGet(ConsumerProgress.CONFIRMED_NANOS);

        assertThat(progress.caughtUp(CLICKS, 0)).isFalse();
    }

    @Test
    void everyTopicOfThePartitionMustBeReadToItsEnd() {
        consumer.lag("events.clicks", 0, 0);
        consumer.lag("events.video", 0, 3);
        watched();

        assertThat(progress.caughtUp(CLICKS, 0)).isTrue();
        assertThat(progress.caughtUp(Set.of("events.clicks", "events.video"), 0))
                .isFalse();
        assertThat(progress.caughtUp(CLICKS, 1)).as("another partition").isFalse();
    }

    @Test
    void aTopicThatLacksThePartitionIsLeftOut() {
        consumer.lag("collector.web", 5, 0);
        consumer.lag("collector.app", 0, 9);
        watched();

        assertThat(progress.caughtUp(Set.of("collector.web", "collector.app"), 5))
                .isTrue();
    }

    @Test
    void aPartitionThatMovesToAnotherThreadIsJudgedByItsNewConsumer() {
        consumer.lag("events.clicks", 0, 0);
        watched();
        consumer.revoked("events.clicks", 0);
        FakeConsumer other = new FakeConsumer("consumer-2", progress);
        other.lag("events.clicks", 0, 2);

        assertThat(progress.caughtUp(CLICKS, 0)).isFalse();

        other.lag("events.clicks", 0, 0);
        other.fetchAnswered();
        assertThat(progress.caughtUp(CLICKS, 0)).as("after a first look").isTrue();
    }

    @Test
    void aClosedConsumerIsForgotten() {
        consumer.lag("events.clicks", 0, 0);
        watched();

        consumer.metrics.close();

        assertThat(progress.caughtUp(CLICKS, 0)).isFalse();
    }

    /** So it is where events go on without end: there is no moment at which nothing is left of any. */
    @Test
    void partitionsThatAreNeverReadAtOnceWereEachEmptiedSince() {
        consumer.lag("events.clicks", 0, 0);
        consumer.lag("events.clicks", 1, 5);
        watched();
        assertThat(progress.emptiedSince(any -> true, 0)).isFalse();

        nanos.addAndGet(1_000);
        consumer.lag("events.clicks", 0, 3);
        consumer.lag("events.clicks", 1, 0);

        assertThat(progress.emptiedSince(any -> true, 0)).isTrue();
        assertThat(progress.emptiedSince(any -> true, 1))
                .as("the first was before")
                .isFalse();
        assertThat(progress.emptiedSince(at -> at.partition() == 1, 1)).isTrue();
        assertThat(progress.emptiedSince(at -> at.partition() == 2, 0))
                .as("nothing known")
                .isFalse();
    }

    private void watched() {
        progress.caughtUp(CLICKS, 0);
        consumer.fetchAnswered();
        progress.caughtUp(CLICKS, 0);
    }

    private List<Boolean> pollEverySecond(int times) {
        return IntStream.range(0, times)
                .mapToObj(second -> {
                    nanos.addAndGet(1_000_000_000L);
                    return progress.caughtUp(CLICKS, 0);
                })
                .toList();
    }

    /** The metrics that a consumer keeps, as it keeps them. */
    private static final class FakeConsumer {

        private static final String GROUP = "consumer-fetch-manager-metrics";

        private final String clientId;
        private final Metrics metrics;
        private final Sensor fetches;

        FakeConsumer(String clientId, ConsumerProgress progress) {
            this.clientId = clientId;
            ConsumerProgress.Reporter reporter = new ConsumerProgress.Reporter();
            reporter.configure(Map.of("weir.consumer-progress", progress));
            this.metrics = new Metrics(new MetricConfig(), List.of(reporter), Time.SYSTEM);
            this.fetches = metrics.sensor("fetches");
            fetches.add(
                    metrics.metricName("fetch-total", GROUP, "", Map.of("client-id", clientId)), new CumulativeCount());
        }

        void fetchAnswered() {
            fetches.record();
        }

        void lag(String topic, int partition, int lag) {
            Sensor sensor = metrics.sensor(topic + "-" + partition);
            sensor.add(lagName(topic, partition), new Value());
            sensor.record(lag);
        }

        void revoked(String topic, int partition) {
            metrics.removeSensor(topic + "-" + partition);
        }

        private MetricName lagName(String topic, int partition) {
            return metrics.metricName(
                    "records-lag",
                    GROUP,
                    "",
                    Map.of("client-id", clientId, "topic", topic, "partition", Integer.toString(partition)));
        }
    }
}
