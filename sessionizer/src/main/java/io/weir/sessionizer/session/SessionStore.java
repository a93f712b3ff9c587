package io.weir.sessionizer.session;

import io.weir.core.state.StoreNote;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Each visitor's sessions at hand: read once and written once for each event. Key: visitor id, UTF-8. Value: as {@link
 * SessionCodec} lays it out.
 */
final class SessionStore {

    static final String NAME = "sessions";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "visitor id (UTF-8)",
            "the visitor's last two sessions and what is known of older ones, in bytes laid out by hand",
            "until the last session ended weir.sessions.retention ago",
            "50 MB (about 90 000 visitors of 11 events, 300 to 600 bytes each)",
            "no: a record cache over so many keys costs more than it saves");

    private final KeyValueStore<Bytes, byte[]> store;
    private final SessionCodec codec;

    SessionStore(KeyValueStore<Bytes, byte[]> store, SessionCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return uncached(NAME);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> uncached(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    static Bytes key(String visitor) {
        return Bytes.wrap(visitor.getBytes(StandardCharsets.UTF_8));
    }

    /** The visitor's sessions; null for one who has none. */
    VisitorSessions find(String visitor) {
        byte[] value = store.get(key(visitor));
        return value == null ? null : codec.decode(value);
    }

    void put(String visitor, VisitorSessions sessions) {
        store.put(key(visitor), sessions.isEmpty() ? null : codec.encode(sessions));
    }
}
