package io.weir.sessionizer.page;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads page counts. */
public final class Pages {

    private static final Comparator<PageCount> MOST_FIRST =
            Comparator.comparingLong(PageCount::views).reversed().thenComparing(PageCount::path);

    /** Distinct pages that one query adds up at once: some 200 MB of memory at the very most. */
    private static final int MOST_PAGES = 1_000_000;

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;

    /** @param store the store {@link PageStore#NAME}, of one task or of all tasks of this instance */
    public Pages(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * The pages seen most, in whole hours. To merge the lists of several instances exactly, ask each for more than is
     * shown: a page may be in many partitions and on top in none.
     *
     * @param from milliseconds UTC; the hour that it is in is counted
     * @param to milliseconds UTC, exclusive; the hour that it is in is counted if it does not begin at it
     * @param limit number of pages at most
     */
    public PopularPages top(long from, long to, int limit) {
        return top(from, to, limit, MOST_PAGES);
    }

    PopularPages top(long from, long to, int limit, int mostPages) {
        Map<String, Long> views = new HashMap<>();
        long all = 0;
        boolean exact = true;
        Bytes end = PageKeys.from(PageKeys.hour(to - 1) + 1);
        try (KeyValueIterator<Bytes, byte[]> entries =
                store.range(PageKeys.from(Math.max(0, PageKeys.hour(from))), end)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (PageKeys.isPaths(entry.key) || entry.key.compareTo(end) >= 0) {
                    continue;
                }
                long count = PageKeys.number(entry.value);
                all += count;
                String path = PageKeys.path(entry.key);
                if (views.size() < mostPages || views.containsKey(path)) {
                    views.merge(path, count, Long::sum);
                } else {
                    exact = false;
                }
            }
        }
        return new PopularPages(
                views.entrySet().stream()
                        .map(entry -> new PageCount(entry.getKey(), entry.getValue()))
                        .sorted(MOST_FIRST)
                        .limit(limit)
                        .toList(),
                all,
                exact);
    }
}
