package io.weir.sessionizer.session;

import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Sessions of visitors who have had more than those at hand, until their retention is over. Key: visitor id (UTF-8), 0,
 * start and end (8 bytes each, big-endian), opened (8 bytes), part (4 bytes). Value: one session as {@link SessionCodec}
 * lays it out. With the end in the key, sessions are in the order of their ends too, also those that a rule has split
 * within one millisecond.
 */
final class OlderSessionStore {

    static final String NAME = "sessions-recent";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "visitor id (UTF-8), 0, start, end and opened (8 bytes each), part (4 bytes)",
            "one session, in bytes laid out by hand",
            "weir.sessions.retention after its last event",
            "30 MB where every visitor comes three times, 300 to 600 bytes for each session beyond two",
            "no: written once for each session, hardly ever read");

    private final KeyValueStore<Bytes, byte[]> store;
    private final SessionCodec codec;

    OlderSessionStore(KeyValueStore<Bytes, byte[]> store, SessionCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME);
    }

    void put(String visitor, SessionState session) {
        store.put(key(visitor, session), codec.encode(session));
    }

    /** Takes out every session of the visitor that ends no earlier and starts no later than said, milliseconds UTC. */
    List<SessionState> take(String visitor, long endsFrom, long startsUntil) {
        List<SessionState> taken = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> newestFirst =
                store.reverseRange(bound(visitor, 0), bound(visitor, Math.max(startsUntil, startsUntil + 1)))) {
            while (newestFirst.hasNext()) {
                SessionState session = codec.decodeOne(newestFirst.next().value);
                if (session.lastEventAt() < endsFrom) {
                    break;
                }
                taken.add(session);
            }
        }
        for (SessionState session : taken) {
            store.delete(key(visitor, session));
        }
        return taken;
    }

    /** All of a visitor's, by start. */
    List<SessionState> all(String visitor) {
        return all(store, codec, visitor);
    }

    static List<SessionState> all(ReadOnlyKeyValueStore<Bytes, byte[]> store, SessionCodec codec, String visitor) {
        List<SessionState> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(bound(visitor, 0), bound(visitor, Long.MAX_VALUE))) {
            while (range.hasNext()) {
                all.add(codec.decodeOne(range.next().value));
            }
        }
        return all;
    }

    /**
     * Removes what closed long enough ago, the oldest first, up to the first that stays.
     *
     * @param endedBefore milliseconds UTC
     * @return the first that stays, or null
     */
    SessionState expire(String visitor, long endedBefore) {
        List<Bytes> expired = new ArrayList<>();
        SessionState stays = null;
        try (KeyValueIterator<Bytes, byte[]> range = store.range(bound(visitor, 0), bound(visitor, Long.MAX_VALUE))) {
            while (range.hasNext() && stays == null) {
                KeyValue<Bytes, byte[]> entry = range.next();
                SessionState session = codec.decodeOne(entry.value);
                if (session.isOpen() || session.lastEventAt() >= endedBefore) {
                    stays = session;
                } else {
                    expired.add(entry.key);
                }
            }
        }
        expired.forEach(store::delete);
        return stays;
    }

    private static Bytes key(String visitor, SessionState session) {
        byte[] name = visitor.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(name.length + 1 + 3 * Long.BYTES + Integer.BYTES)
                .put(name)
                .put((byte) 0)
                .putLong(session.startedAt())
                .putLong(session.lastEventAt())
                .putLong(session.id().openedAt())
                .putInt(session.id().part())
                .array());
    }

    /** Before every key of the visitor with this start or a later one. */
    private static Bytes bound(String visitor, long start) {
        byte[] name = visitor.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(name.length + 1 + Long.BYTES)
                .put(name)
                .put((byte) 0)
                .putLong(start)
                .array());
    }
}
