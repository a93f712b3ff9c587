package io.weir.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDbMemoryTest {

    private static final long CACHE = 8L * 1024 * 1024;

    @TempDir
    private Path directory;

    @Test
    void storesShareTheirMemoryAndKeepWhatIsPut() {
        StreamsBuilder builder = new StreamsBuilder();
        for (String name : new String[] {"first", "second"}) {
            builder.table(
                    name + "-topic",
                    Consumed.with(Serdes.String(), Serdes.String()),
                    Materialized.<String, String>as(Stores.persistentKeyValueStore(name))
                            .withCachingDisabled());
        }

        try (TopologyTestDriver driver = new TopologyTestDriver(builder.build(), properties())) {
            for (String name : new String[] {"first", "second"}) {
                TestInputTopic<String, String> input = driver.createInputTopic(
                        name + "-topic",
                        Serdes.String().serializer(),
                        Serdes.String().serializer());
                for (int i = 0; i < 10_000; i++) {
                    input.pipeInput("key-" + i, name + "-" + i);
                }
            }

            KeyValueStore<String, String> first = driver.getKeyValueStore("first");
            KeyValueStore<String, String> second = driver.getKeyValueStore("second");
            assertThat(first.get("key-9999")).isEqualTo("first-9999");
            assertThat(second.get("key-0")).isEqualTo("second-0");
            assertThat(second.get("key-10000")).isNull();
            assertThat(caches(driver)).containsExactly(BigInteger.valueOf(CACHE), BigInteger.valueOf(CACHE));
        }
    }

    /** Sizes of the caches that the stores themselves say that they have. */
    private static List<Object> caches(TopologyTestDriver driver) {
        return driver.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("block-cache-capacity"))
                .<Object>map(Metric::metricValue)
                .toList();
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "rocksdb-memory-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class);
        properties.put(RocksDbMemory.CACHE_BYTES, CACHE);
        properties.put(RocksDbMemory.WRITE_BUFFER_BYTES, 4L * 1024 * 1024);
        return properties;
    }
}
