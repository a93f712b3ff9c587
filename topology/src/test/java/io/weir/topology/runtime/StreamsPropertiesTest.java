package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.error.DeadLetters;
import io.weir.core.error.ProcessingFaults;
import io.weir.core.error.ProductionFaults;
import io.weir.core.error.UnreadableRecords;
import io.weir.core.feature.Feature;
import io.weir.core.settings.Settings;
import io.weir.core.state.RocksDbMemory;
import io.weir.core.state.StoreNote;
import io.weir.core.time.InputProgress;
import io.weir.core.time.WallClock;
import io.weir.core.topic.Topic;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.kstream.Consumed;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {

    @Test
    void theProperties() {
        Map<String, Object> properties = new HashMap<>(properties(Map.of("weir.instance-id", "weir-0")));

        assertThat(properties.remove(DeadLetters.PROPERTY)).isInstanceOf(DeadLetters.class);
        assertThat(properties.remove("main.consumer.weir.consumer-progress")).isInstanceOf(InputProgress.class);
        assertThat(properties)
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("application.id", "weir-f"),
                                Map.entry("bootstrap.servers", "127.0.0.1:9092"),
                                Map.entry("group.protocol", "classic"),
                                Map.entry("consumer.group.instance.id", "weir-0"),
                                Map.entry("consumer.session.timeout.ms", 10_000),
                                Map.entry("consumer.heartbeat.interval.ms", 3_000),
                                Map.entry("num.standby.replicas", 0),
                                Map.entry("replication.factor", -1),
                                Map.entry("processing.guarantee", "exactly_once_v2"),
                                Map.entry("producer.transaction.timeout.ms", 30_000),
                                Map.entry("ensure.explicit.internal.resource.naming", true),
                                Map.entry("topology.optimization", "none"),
                                Map.entry("default.timestamp.extractor", RecordTime.class),
                                Map.entry("deserialization.exception.handler", UnreadableRecords.class),
                                Map.entry("processing.exception.handler", ProcessingFaults.class),
                                Map.entry("production.exception.handler", ProductionFaults.class),
                                Map.entry("commit.interval.ms", 500L),
                                Map.entry("num.stream.threads", 2),
                                Map.entry("state.dir", "weir-state"),
                                Map.entry("statestore.cache.max.bytes", 16L << 20),
                                Map.entry("rocksdb.config.setter", RocksDbMemory.class),
                                Map.entry(RocksDbMemory.CACHE_BYTES, 384L << 20),
                                Map.entry(RocksDbMemory.WRITE_BUFFER_BYTES, 128L << 20),
                                Map.entry("metrics.recording.level", "INFO"),
                                Map.entry("producer.max.request.size", 8_388_608),
                                Map.entry("producer.batch.size", 131_072),
                                Map.entry("producer.linger.ms", 500L),
                                Map.entry("consumer.fetch.min.bytes", 65_536),
                                Map.entry("consumer.fetch.max.wait.ms", 100),
                                Map.entry("topic.max.message.bytes", "8388608"),
                                Map.entry("topic.message.timestamp.after.max.ms", "9223372036854775807"),
                                Map.entry(
                                        "main.consumer.metric.reporters",
                                        "org.apache.kafka.common.metrics.JmxReporter,io.weir.topology.runtime.ConsumerProgress$Reporter")));
    }

    @Test
    void aUserMayTuneClientsButNotUndoExactlyOnce() {
        Map<String, Object> properties = properties(Map.of(
                "weir.kafka.client.producer.linger.ms", "7",
                "weir.kafka.client.consumer.session.timeout.ms", "9000",
                "weir.kafka.client.processing.guarantee", "at_least_once",
                "weir.kafka.client.application.id", "other"));

        StreamsConfig config = new StreamsConfig(properties);

        assertThat(config.getProducerConfigs("p").get("linger.ms").toString()).isEqualTo("7");
        assertThat(config.getMainConsumerConfigs("g", "c", 0)
                        .get("session.timeout.ms")
                        .toString())
                .isEqualTo("9000");
        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getString("application.id")).isEqualTo("weir-f");
    }

    @Test
    void theStreamsProtocolIsGivenNothingThatItRefuses() {
        Map<String, Object> properties = properties(Map.of("weir.kafka.group-protocol", "streams"));

        assertThat(new StreamsConfig(properties).getString("group.protocol")).isEqualTo("streams");
        assertThat(properties)
                .doesNotContainKeys(
                        "num.standby.replicas", "consumer.session.timeout.ms", "consumer.heartbeat.interval.ms");
    }

    @Test
    void aStoreWithoutANameOfItsOwnIsRefused() {
        Feature unnamed = new UnnamedFeature();
        Map<String, Object> properties = properties(Map.of());

        assertThatThrownBy(() -> FeatureRun.topology(unnamed, properties))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("changelog topic(s) has not been named");
    }

    private static Map<String, Object> properties(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("weir.registry.url", "mock://properties");
        Deployment deployment =
                Deployment.of(Settings.of(all), new WallClock(InstantSource.system()), new SimpleMeterRegistry());
        return StreamsProperties.of("f", deployment, new ConsumerProgress());
    }

    private static final class UnnamedFeature implements Feature {

        @Override
        public String name() {
            return "unnamed";
        }

        @Override
        public void addTo(StreamsBuilder builder) {
            builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()))
                    .groupByKey()
                    .count();
        }

        @Override
        public Set<String> sources() {
            return Set.of("in");
        }

        @Override
        public Set<Topic<?>> sinks() {
            return Set.of();
        }

        @Override
        public List<StoreNote> stores() {
            return List.of();
        }
    }
}
