package io.weir.sessionizer.page;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The store {@code pages}: page views per hour and path of one partition. Key: {@link PageKeys}; value: eight bytes
 * big-endian.
 *
 * <p>Counted where the event is, by visitor, not re-keyed by page: a popular page would overload one partition, and a
 * query adds up some tens of partitions easily. The record cache is on: few pages get most views, so that hundreds of
 * counts of a page between two commits become one write.
 *
 * <p>Not thread-safe: one per processor.
 */
public final class PageStore {

    /** Name of the store. */
    public static final String NAME = "pages";
    /** Path under which an hour's further paths are counted; a page's own begins with a slash or is empty. */
    public static final String OTHER = "(other)";

    private static final byte[] OTHER_BYTES = OTHER.getBytes(StandardCharsets.UTF_8);

    private final KeyValueStore<Bytes, byte[]> store;
    private final long hoursKept;
    private final int pathsPerHour;
    private final ByteWriter keys = new ByteWriter();
    /** No hour below it has entries: deleted ones are not searched again. */
    private long lowest;

    /** @param store as {@link #builder} made it */
    public PageStore(KeyValueStore<Bytes, byte[]> store, PageSettings settings) {
        this.store = store;
        this.hoursKept = settings.retention().toHours();
        this.pathsPerHour = settings.pathsPerHour();
    }

    /** Makes the store. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME).withCachingEnabled();
    }

    /** What the store holds. */
    public static StoreNote note(PageSettings settings) {
        return new StoreNote(
                NAME,
                "hour since 1970 (8 bytes), path (at most 1 KiB); hour, FF for its number of paths",
                "number of page views (8 bytes)",
                settings.retention().toDays() + " days of event time; old hours are deleted in steps",
                "16 bytes and the path for each hour and distinct page, whatever the number of events: 3.3 MB for a"
                        + " shop of 10 000 pages in 10 hours",
                "yes: few pages get most views, and become one write per commit");
    }

    /** Counts a page view. */
    public void count(long occurredAt, String path) {
        long hour = PageKeys.hour(occurredAt);
        lowest = Math.min(lowest, hour);
        Bytes key = PageKeys.of(keys, hour, PageKeys.bounded(path));
        byte[] views = store.get(key);
        if (views == null && !admit(hour)) {
            key = PageKeys.of(keys, hour, OTHER_BYTES);
            views = store.get(key);
        }
        store.put(key, PageKeys.number(PageKeys.number(views) + 1));
    }

    /** Whether an hour may have one path more; if so, it has. */
    private boolean admit(long hour) {
        Bytes key = PageKeys.paths(keys, hour);
        long paths = PageKeys.number(store.get(key));
        if (paths >= pathsPerHour) {
            return false;
        }
        store.put(key, PageKeys.number(paths + 1));
        return true;
    }

    /**
     * Deletes what is older than the retention.
     *
     * @param now event time of the task, milliseconds UTC
     * @param most entries to delete at most; thousands are fine between two polls
     * @return entries deleted; as many as {@code most} if there may be more
     */
    public int expire(long now, int most) {
        long end = PageKeys.hour(now) - hoursKept;
        if (end <= lowest) {
            return 0;
        }
        List<Bytes> old = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(PageKeys.from(lowest), PageKeys.from(end))) {
            while (old.size() < most && entries.hasNext()) {
                Bytes key = entries.next().key;
                if (PageKeys.hour(key) < end) {
                    old.add(key);
                }
            }
        }
        old.forEach(store::delete);
        lowest = old.size() < most ? end : PageKeys.hour(old.get(most - 1));
        return old.size();
    }

    /** What has been counted in this partition. */
    public Pages pages() {
        return new Pages(store);
    }
}
