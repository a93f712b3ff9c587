package io.weir.adspend.merchant;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.StoreNote;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Every interaction for as long as a verdict may come on it: which interaction a verdict is on, and that none is counted
 * twice. In windows of a UTC day, which are forgotten at once.
 *
 * <pre>
 * key     merchant id (key part), event id; the window is the UTC day in which it occurred
 * value   as Remembered writes it
 * </pre>
 */
final class InteractionStore {

    static final String NAME = "adspend-interactions";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "merchant id, event id; in windows of a day",
            "the interaction, verdicts on it, its entries of the ledger: some 75 bytes laid out by hand",
            "weir.adspend.lateness and two days",
            "70 MB (a million interactions)",
            "no: every key is new");

    /** More than the first byte of any event id. */
    private static final int LAST = 0xff;

    private static final long DAY = Duration.ofDays(1).toMillis();

    private final WindowStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();

    InteractionStore(WindowStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<WindowStore<Bytes, byte[]>> builder(Duration retention) {
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(NAME, retention, Duration.ofMillis(DAY), false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    /** What is known of an interaction; something empty if nothing is. */
    Remembered get(String merchant, String eventId, long occurredAt) {
        byte[] value = store.fetch(key(merchant, eventId), window(occurredAt));
        return value == null ? new Remembered() : Remembered.decode(value);
    }

    /** Whether anything is known of it: nothing is kept of a day that is forgotten. */
    boolean keeps(String merchant, String eventId, long occurredAt) {
        return store.fetch(key(merchant, eventId), window(occurredAt)) != null;
    }

    void put(String merchant, String eventId, long occurredAt, Remembered remembered) {
        Bytes key = key(merchant, eventId);
        store.put(key, remembered.encode(out), window(occurredAt));
    }

    /**
     * Hands over what is known of a merchant's interactions in some time, and of the UTC days of its bounds; they may be put
     * back meanwhile.
     */
    void forEach(String merchant, long from, long to, Consumer<Remembered> each) {
        Bytes first = Bytes.wrap(out.keyPart(merchant).take());
        Bytes last = Bytes.wrap(out.keyPart(merchant).put(LAST).take());
        try (KeyValueIterator<Windowed<Bytes>, byte[]> range = store.fetch(first, last, window(from), window(to))) {
            range.forEachRemaining(entry -> each.accept(Remembered.decode(entry.value)));
        }
    }

    private static long window(long occurredAt) {
        return Math.floorDiv(occurredAt, DAY) * DAY;
    }

    private Bytes key(String merchant, String eventId) {
        return Bytes.wrap(out.keyPart(merchant).keyEnd(eventId).take());
    }
}
