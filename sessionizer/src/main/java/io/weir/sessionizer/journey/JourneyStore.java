package io.weir.sessionizer.journey;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.schemas.Event;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The store {@code journeys}: one small entry per event, written once, never read on the way. Key: {@link JourneyKeys};
 * value: {@link JourneyCodec}.
 *
 * <p>It is a window store for its segments alone: RocksDB instances of half the retention each, of which the oldest is
 * deleted whole when event time has passed it. A plain key-value store would need a second write per event (an index by
 * time), or the scan of everything, and a tombstone per event, to forget. The window's time is the event's; the key has
 * it too, because a window store orders entries by its key first, and journeys are read in the order of time. An event
 * that is processed again writes the same key again, so nothing is there twice; duplicates are not "retained", whose
 * counter restarts with the process and would let two events of a millisecond overwrite each other.
 *
 * <p>Not thread-safe: one per processor.
 */
public final class JourneyStore {

    /** Name of the store. */
    public static final String NAME = "journeys";

    /** How much of the client is kept. */
    public enum Clients {
        /** is_bot, device class, browser: for queries. */
        ESSENTIALS,
        /** All of it: where a split rule may make any event the first of a session. */
        WHOLE
    }

    private final WindowStore<Bytes, byte[]> store;
    private final boolean wholeClient;
    private final ByteWriter keys = new ByteWriter();
    private final ByteWriter values = new ByteWriter();

    /** @param store as {@link #builder} made it */
    public JourneyStore(WindowStore<Bytes, byte[]> store, Clients clients) {
        this.store = store;
        this.wholeClient = clients == Clients.WHOLE;
    }

    /**
     * Makes the store.
     *
     * @param retention how long an event is kept, in event time of its task
     */
    public static StoreBuilder<WindowStore<Bytes, byte[]>> builder(Duration retention) {
        return ByteStores.segments(NAME, retention);
    }

    /** What the store holds. */
    public static StoreNote note(Duration retention) {
        return new StoreNote(
                NAME,
                "visitor, 00, occurred_at (8 bytes), event id, occurred_at again (8 bytes), 4 zeros",
                "kind, customer, page, acquisition, client and the essentials of the payload, in binary",
                retention.toDays() + " days of event time; dropped by segments of half of that",
                "255 MB, 442 MB with a split rule on, before compression (LZ4 leaves two fifths); ids of 36 characters",
                "no: every entry is written once and hardly ever read");
    }

    /** Keeps an event. Events older than the retention are dropped by the store, which counts them. */
    public void put(Event event) {
        long occurredAt = event.getOccurredAt().toEpochMilli();
        store.put(
                JourneyKeys.of(keys, event.getVisitorId(), occurredAt, event.getEventId()),
                JourneyCodec.encode(values, event, wholeClient),
                occurredAt);
    }

    /** What has been kept. */
    public Journeys journeys() {
        return new Journeys(store);
    }
}
