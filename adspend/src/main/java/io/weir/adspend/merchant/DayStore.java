package io.weir.adspend.merchant;

import io.weir.adspend.budget.DayTerms;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The days of merchants and of their campaigns.
 *
 * <pre>
 * key     merchant id (key part), day (8 bytes, days since 1970), then 0 for the merchant as a whole,
 *         for a campaign as CampaignKey writes it
 * value   as MerchantDay, or ScopeDay, writes it
 * </pre>
 *
 * <p>The record cache is on: a campaign's day is written with each of its interactions, and the cache makes that one write to
 * RocksDB and the changelog between two commits.
 */
final class DayStore {

    static final String NAME = "adspend-days";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "merchant id, day (8 bytes), campaign",
            "counts, money, pace: some 70 bytes laid out by hand",
            "35 days after the day's end",
            "nothing that grows with events: 120 bytes for each campaign and day",
            "yes: few keys, each written with every interaction of its campaign");

    private final KeyValueStore<Bytes, byte[]> store;
    private final DayReads reads;
    private final ByteWriter out = new ByteWriter();

    DayStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.reads = new DayReads(store);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME).withCachingEnabled();
    }

    /** As {@link DayReads#merchant}. */
    MerchantDay merchant(String merchant, LocalDate day) {
        return reads.merchant(merchant, day);
    }

    void put(String merchant, LocalDate day, MerchantDay value) {
        Bytes key = DayReads.key(out, merchant, day);
        store.put(key, value.encode(out));
    }

    /** A campaign's day; an empty one if nothing happened on it. */
    ScopeDay campaign(String merchant, LocalDate day, String campaign, DayTerms terms) {
        byte[] value = store.get(DayReads.key(out, merchant, day, campaign));
        return value == null ? ScopeDay.empty(terms.caps(campaign)) : ScopeDay.read(new ByteReader(value));
    }

    void put(String merchant, LocalDate day, String campaign, ScopeDay value) {
        Bytes key = DayReads.key(out, merchant, day, campaign);
        value.write(out);
        store.put(key, out.take());
    }

    /** As {@link DayReads#campaigns}. */
    SortedMap<String, ScopeDay> campaigns(String merchant, LocalDate day) {
        return reads.campaigns(merchant, day);
    }

    /** As {@link DayReads#daysAfter}. */
    List<LocalDate> daysAfter(String merchant, LocalDate day) {
        return reads.daysAfter(merchant, day);
    }

    /** Forgets a day. */
    void delete(String merchant, LocalDate day) {
        for (String campaign : campaigns(merchant, day).keySet()) {
            store.delete(DayReads.key(out, merchant, day, campaign));
        }
        store.delete(DayReads.key(out, merchant, day));
    }
}
