package io.weir.adspend.merchant;

import io.weir.adspend.budget.DayTerms;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
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

    private static final int WHOLE = 0;

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();

    DayStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME).withCachingEnabled();
    }

    /** A merchant's day; null if nothing happened on it. */
    MerchantDay merchant(String merchant, LocalDate day) {
        byte[] value = store.get(key(merchant, day, WHOLE));
        return value == null ? null : MerchantDay.decode(value);
    }

    void put(String merchant, LocalDate day, MerchantDay value) {
        Bytes key = key(merchant, day, WHOLE);
        store.put(key, value.encode(out));
    }

    /** A campaign's day; an empty one if nothing happened on it. */
    ScopeDay campaign(String merchant, LocalDate day, String campaign, DayTerms terms) {
        byte[] value = store.get(key(merchant, day, campaign));
        return value == null ? ScopeDay.empty(terms.caps(campaign)) : ScopeDay.read(new ByteReader(value));
    }

    void put(String merchant, LocalDate day, String campaign, ScopeDay value) {
        Bytes key = key(merchant, day, campaign);
        value.write(out);
        store.put(key, out.take());
    }

    /** The campaigns of a day, those without id under null. */
    SortedMap<String, ScopeDay> campaigns(String merchant, LocalDate day) {
        SortedMap<String, ScopeDay> campaigns = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
        try (KeyValueIterator<Bytes, byte[]> range =
                store.range(key(merchant, day, CampaignKey.FIRST), key(merchant, day, CampaignKey.AFTER_ALL))) {
            range.forEachRemaining(
                    entry -> campaigns.put(campaign(entry.key), ScopeDay.read(new ByteReader(entry.value))));
        }
        return campaigns;
    }

    /** Days of a merchant after this one, in their order; null for all. */
    List<LocalDate> daysAfter(String merchant, LocalDate day) {
        List<LocalDate> days = new ArrayList<>();
        Bytes from = day == null ? Bytes.wrap(out.keyPart(merchant).take()) : key(merchant, day.plusDays(1), WHOLE);
        Bytes to = Bytes.wrap(out.keyPart(merchant).fixed(Long.MAX_VALUE).take());
        try (KeyValueIterator<Bytes, byte[]> range = store.range(from, to)) {
            while (range.hasNext()) {
                LocalDate found = day(range.next().key);
                if (days.isEmpty() || !days.get(days.size() - 1).equals(found)) {
                    days.add(found);
                }
            }
        }
        return days;
    }

    /** Forgets a day. */
    void delete(String merchant, LocalDate day) {
        for (String campaign : campaigns(merchant, day).keySet()) {
            store.delete(key(merchant, day, campaign));
        }
        store.delete(key(merchant, day, WHOLE));
    }

    private Bytes key(String merchant, LocalDate day, String campaign) {
        out.keyPart(merchant).fixed(day.toEpochDay());
        CampaignKey.write(out, campaign);
        return Bytes.wrap(out.take());
    }

    private Bytes key(String merchant, LocalDate day, int last) {
        return Bytes.wrap(
                out.keyPart(merchant).fixed(day.toEpochDay()).put(last).take());
    }

    private static LocalDate day(Bytes key) {
        ByteReader in = new ByteReader(key.get());
        in.keyPart();
        return LocalDate.ofEpochDay(in.fixed());
    }

    private static String campaign(Bytes key) {
        ByteReader in = new ByteReader(key.get());
        in.keyPart();
        in.fixed();
        return CampaignKey.read(in);
    }
}
