package io.weir.sessionizer.session;

import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Each visitor's sessions at hand: read once and written once for each event. Key: visitor id, UTF-8. Value: as {@link
 * SessionCodec} lays it out.
 *
 * <p>The record cache is on, although the keys are many: a visitor's events come in bursts, and the cache makes one write
 * to RocksDB and the changelog of those between two commits. Where no two of them were of one visitor it would cost more
 * than it saves; over the traffic of a shop it takes a third of the time away, and half of the broker's.
 */
final class SessionStore {

    static final String NAME = "sessions";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "visitor id (UTF-8)",
            "the visitor's last two sessions and what is known of older ones, in bytes laid out by hand",
            "until the last session ended weir.sessions.retention ago",
            "50 MB (about 90 000 visitors of 11 events, 300 to 600 bytes each)",
            "yes: a page and its impressions come together, and are one write at the commit");

    /**
     * Visitors that are kept decoded, for each task: some 4 MB. A page and its impressions come within a second or two;
     * reading and decoding was a fifth of the time.
     */
    private static final int RECENT = 2_000;

    /** Bytes. Larger ones are not kept decoded: nothing bounds the texts of an event but the message. */
    private static final int LARGEST_RECENT = 4 * 1024;

    private final KeyValueStore<Bytes, byte[]> store;
    private final SessionCodec codec;
    /** What was written last. Whoever changes sessions takes them out, so that a change that fails is not kept. */
    private final Map<String, VisitorSessions> recent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, VisitorSessions> eldest) {
            return size() > RECENT;
        }
    };

    SessionStore(KeyValueStore<Bytes, byte[]> store, SessionCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME).withCachingEnabled();
    }

    static Bytes key(String visitor) {
        return ByteStores.key(visitor);
    }

    /** The visitor's sessions, to be changed and {@linkplain #put put} back; null for one who has none. */
    VisitorSessions take(String visitor) {
        VisitorSessions decoded = recent.remove(visitor);
        if (decoded != null) {
            return decoded;
        }
        byte[] value = store.get(key(visitor));
        return value == null ? null : codec.decode(value);
    }

    void put(String visitor, VisitorSessions sessions) {
        if (sessions.isEmpty()) {
            store.delete(key(visitor));
        } else {
            byte[] value = codec.encode(sessions);
            store.put(key(visitor), value);
            if (value.length <= LARGEST_RECENT) {
                recent.put(visitor, sessions);
            }
        }
    }
}
