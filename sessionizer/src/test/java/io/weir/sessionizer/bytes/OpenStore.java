package io.weir.sessionizer.bytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/** A real store on RocksDB, as a topology has it, without a broker. */
public final class OpenStore implements AutoCloseable {

    private final Path directory;
    private final TopologyTestDriver driver;
    private final String name;

    /** Opens a store in a directory of its own. */
    public OpenStore(StoreBuilder<?> builder) {
        this.name = builder.name();
        try {
            this.directory = Files.createTempDirectory("weir-store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "store");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        Topology topology = new Topology()
                .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
                .addProcessor("owner", Owner::new, "in")
                .addStateStore(builder, "owner");
        this.driver = new TopologyTestDriver(topology, properties);
    }

    /** The store, if it is a key-value store. */
    public KeyValueStore<Bytes, byte[]> keyValue() {
        return driver.getKeyValueStore(name);
    }

    /** The store, if it is a window store. */
    public WindowStore<Bytes, byte[]> window() {
        return driver.getWindowStore(name);
    }

    /** Number of entries of a key-value store. */
    public int entries() {
        int entries = 0;
        try (KeyValueIterator<Bytes, byte[]> all = keyValue().all()) {
            for (; all.hasNext(); all.next()) {
                entries++;
            }
        }
        return entries;
    }

    /** Nothing is sent to it: it is there to own the store. */
    private static final class Owner implements Processor<byte[], byte[], Void, Void> {

        @Override
        public void process(Record<byte[], byte[]> ignored) {}
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
