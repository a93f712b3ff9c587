package io.weir.adspend.merchant;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.serde.KeptRecords;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.schemas.LedgerEntry;
import java.time.Duration;
import java.time.LocalDate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Entries of the ledger of the last days, for queries alone: the topic keeps them for years, but finds none. In the order in which
 * they were entered, so that a list that is read page by page goes on where it ended. A window store for its segments, which are
 * forgotten at once; the window is the day on whose statement an entry is, as midnight UTC of that date.
 *
 * <pre>
 * key     merchant id (key part), day (8 bytes, days since 1970), the how manieth entry of the day (8 bytes, from 1)
 * value   LedgerEntry in wire format
 * </pre>
 */
final class LedgerStore {

    static final String NAME = "adspend-ledger";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "merchant id, day (8 bytes), number of the entry (8 bytes); in windows by the day",
            "LedgerEntry in wire format, some 150 bytes",
            "weir.adspend.ledger-kept; absent where that is 0",
            "110 MB (a million entries)",
            "no: every key is new");

    private final WindowStore<Bytes, byte[]> store;
    private final KeptRecords<LedgerEntry> records;
    private final ByteWriter out = new ByteWriter();

    LedgerStore(ProcessorContext<?, ?> context, KeptRecords<LedgerEntry> records) {
        this.store = context.getStateStore(NAME);
        this.records = records;
    }

    static StoreBuilder<WindowStore<Bytes, byte[]>> builder(Duration retention) {
        return ByteStores.segments(NAME, retention);
    }

    /** Keeps an entry. */
    void put(LocalDate day, long number, LedgerEntry entry) {
        store.put(key(out, entry.getMerchantId(), day, number), records.encode(entry), StatementStore.window(day));
    }

    static Bytes key(ByteWriter out, String merchant, LocalDate day, long number) {
        return Bytes.wrap(
                out.keyPart(merchant).fixed(day.toEpochDay()).fixed(number).take());
    }

    /** The number of the entry of a key. */
    static long number(Bytes key) {
        ByteReader in = new ByteReader(key.get());
        in.keyPart();
        in.fixed();
        return in.fixed();
    }
}
