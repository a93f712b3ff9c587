package io.weir.adspend.merchant;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.serde.KeptRecords;
import io.weir.core.state.ByteStores;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** What queries may ask of what was given out for merchants: statements and entries of the ledger. */
public final class IssuedReads {

    /** Stores to open, each with bytes as keys and values. */
    public static final String STATEMENTS = StatementStore.NAME;

    public static final String LEDGER = LedgerStore.NAME;

    /** Entries that are looked at for one page: some 50 ms. Who looks for few among many goes on from page to page. */
    private static final int MOST_READ = 50_000;

    private IssuedReads() {}

    /**
     * Statements of a merchant by day.
     *
     * @param store {@link #STATEMENTS} of one task
     * @param from first day
     * @param to last day
     */
    public static List<Statement> statements(
            ReadOnlyWindowStore<Bytes, byte[]> store,
            KeptRecords<Statement> records,
            String merchantId,
            LocalDate from,
            LocalDate to,
            int most) {
        List<Statement> statements = new ArrayList<>();
        try (WindowStoreIterator<byte[]> range = store.fetch(ByteStores.key(merchantId), window(from), window(to))) {
            while (statements.size() < most && range.hasNext()) {
                statements.add(records.decode(range.next().value));
            }
        }
        return statements;
    }

    /**
     * Some entries of a day.
     *
     * @param entries in the order in which they were entered
     * @param last number of the last entry that was looked at, from 1
     * @param more whether there are entries after that
     */
    public record Page(List<LedgerEntry> entries, long last, boolean more) {}

    /**
     * Entries of a merchant's day, in the order in which they were entered.
     *
     * @param store {@link #LEDGER} of one task
     * @param after number of the last entry that is not looked at; 0 for none
     * @param wanted which of them
     */
    public static Page ledger(
            ReadOnlyWindowStore<Bytes, byte[]> store,
            KeptRecords<LedgerEntry> records,
            String merchantId,
            LocalDate day,
            long after,
            Predicate<LedgerEntry> wanted,
            int most) {
        ByteWriter out = new ByteWriter();
        Bytes first = LedgerStore.key(out, merchantId, day, after + 1);
        Bytes end = LedgerStore.key(out, merchantId, day, Long.MAX_VALUE);
        List<LedgerEntry> entries = new ArrayList<>();
        long last = after;
        try (KeyValueIterator<Windowed<Bytes>, byte[]> range = store.fetch(first, end, window(day), window(day))) {
            for (int read = 0; read < MOST_READ && entries.size() < most && range.hasNext(); read++) {
                KeyValue<Windowed<Bytes>, byte[]> next = range.next();
                last = LedgerStore.number(next.key.key());
                LedgerEntry entry = records.decode(next.value);
                if (wanted.test(entry)) {
                    entries.add(entry);
                }
            }
            return new Page(entries, last, range.hasNext());
        }
    }

    private static Instant window(LocalDate day) {
        return Instant.ofEpochMilli(StatementStore.window(day));
    }
}
