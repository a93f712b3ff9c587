package io.weir.adspend.merchant;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The minutes of campaigns: what {@code adspend.counts} says, and what the open days are added up from again when a budget
 * changes them.
 *
 * <pre>
 * key     merchant id (key part), minute (8 bytes, minutes since 1970), then as CampaignKey writes it
 * value   as MinuteCounts writes it
 * </pre>
 */
final class MinuteStore {

    static final String NAME = "adspend-minutes";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "merchant id, minute (8 bytes), campaign",
            "numbers and own prices by kind, validity and currency: 10 to 40 bytes laid out by hand",
            "48 hours after the day's end, and until its statement and what may come late are settled",
            "60 bytes for each campaign and minute in which something happened",
            "yes: the minutes at hand are few keys, each written with every interaction of its campaign");

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();

    MinuteStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME).withCachingEnabled();
    }

    /**
     * A minute of a campaign.
     *
     * @param minute minutes since 1970 UTC
     * @param campaign may be null
     */
    record Entry(long minute, String campaign, MinuteCounts counts) {}

    /** What happened in a minute; null for nothing. */
    MinuteCounts get(String merchant, long minute, String campaign) {
        byte[] value = store.get(key(merchant, minute, campaign));
        return value == null ? null : MinuteCounts.decode(value);
    }

    void put(String merchant, long minute, String campaign, MinuteCounts counts) {
        Bytes key = key(merchant, minute, campaign);
        store.put(key, counts.encode(out));
    }

    /** Everything from a minute to before another, in order. */
    List<Entry> between(String merchant, long from, long to) {
        List<Entry> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(bound(merchant, from), bound(merchant, to))) {
            range.forEachRemaining(entry -> {
                ByteReader in = new ByteReader(entry.key.get());
                in.keyPart();
                long minute = in.fixed();
                String campaign = CampaignKey.read(in);
                entries.add(new Entry(minute, campaign, MinuteCounts.decode(entry.value)));
            });
        }
        return entries;
    }

    /** Forgets everything from a minute to before another. */
    void delete(String merchant, long from, long to) {
        for (Entry entry : between(merchant, from, to)) {
            store.delete(key(merchant, entry.minute(), entry.campaign()));
        }
    }

    private Bytes bound(String merchant, long minute) {
        return Bytes.wrap(out.keyPart(merchant).fixed(Math.max(0, minute)).take());
    }

    private Bytes key(String merchant, long minute, String campaign) {
        out.keyPart(merchant).fixed(minute);
        CampaignKey.write(out, campaign);
        return Bytes.wrap(out.take());
    }
}
