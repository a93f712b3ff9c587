package io.weir.adspend.merchant;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads the days of {@link DayStore}. */
final class DayReads {

    private static final int WHOLE = 0;

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();

    DayReads(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** A merchant's day; null if nothing happened on it. */
    MerchantDay merchant(String merchant, LocalDate day) {
        byte[] value = store.get(key(out, merchant, day));
        return value == null ? null : MerchantDay.decode(value);
    }

    /** The campaigns of a day, those without id under null. */
    SortedMap<String, ScopeDay> campaigns(String merchant, LocalDate day) {
        SortedMap<String, ScopeDay> campaigns = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
        try (KeyValueIterator<Bytes, byte[]> range = store.range(
                key(out, merchant, day, CampaignKey.FIRST), key(out, merchant, day, CampaignKey.AFTER_ALL))) {
            range.forEachRemaining(
                    entry -> campaigns.put(campaign(entry.key), ScopeDay.read(new ByteReader(entry.value))));
        }
        return campaigns;
    }

    /** Days of a merchant after this one, in their order; null for all. */
    List<LocalDate> daysAfter(String merchant, LocalDate day) {
        List<LocalDate> days = new ArrayList<>();
        Bytes from = day == null ? Bytes.wrap(out.keyPart(merchant).take()) : key(out, merchant, day.plusDays(1));
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

    /** Of a merchant as a whole. */
    static Bytes key(ByteWriter out, String merchant, LocalDate day) {
        return key(out, merchant, day, WHOLE);
    }

    /** Of a campaign; null for none. */
    static Bytes key(ByteWriter out, String merchant, LocalDate day, String campaign) {
        out.keyPart(merchant).fixed(day.toEpochDay());
        CampaignKey.write(out, campaign);
        return Bytes.wrap(out.take());
    }

    private static Bytes key(ByteWriter out, String merchant, LocalDate day, int last) {
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
