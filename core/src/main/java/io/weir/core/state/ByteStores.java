package io.weir.core.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** Stores of bytes that are laid out by hand, which is how hot state is kept. */
public final class ByteStores {

    private ByteStores() {}

    /**
     * A RocksDB store with a changelog and without record cache: over many keys the cache costs more than it saves. Who
     * writes few keys again and again turns it on.
     */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> persistent(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    /**
     * A RocksDB store in segments of half the retention each, of which the oldest is deleted whole when time has passed it: no second
     * write for a timer, and no tombstones. Its windows have no length, but stand for a time; with a changelog and without record cache,
     * since what is kept by time is written once.
     */
    public static StoreBuilder<WindowStore<Bytes, byte[]>> segments(String name, Duration retention) {
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(name, retention, Duration.ofMillis(1), false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    /** The id that {@link #key} was given. */
    public static String id(Bytes key) {
        return new String(key.get(), StandardCharsets.UTF_8);
    }

    /** The key of an id: its UTF-8. */
    public static Bytes key(String id) {
        return Bytes.wrap(id.getBytes(StandardCharsets.UTF_8));
    }
}
