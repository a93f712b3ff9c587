package io.weir.sessionizer.session;

import io.weir.core.state.ByteStores;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How many visitors of a task have an open session, kept with the task's clock: counting them anew would mean to read every
 * visitor at each rebalance. Mutable.
 */
final class OpenVisitors {

    private static final Bytes KEY = ByteStores.key("open");

    private final KeyValueStore<Bytes, byte[]> store;
    private long count;

    /** @param store of {@link ClockStore} */
    OpenVisitors(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        byte[] value = store.get(KEY);
        this.count = value == null ? 0 : ByteBuffer.wrap(value).getLong();
    }

    long count() {
        return count;
    }

    /** A visitor who had no open session has one, or the other way round. */
    void changed(boolean opened) {
        count += opened ? 1 : -1;
        store.put(KEY, ByteBuffer.allocate(Long.BYTES).putLong(count).array());
    }
}
