package io.weir.query.state;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/**
 * One partition of a feature's state, in this process. A store throws {@link
 * org.apache.kafka.streams.errors.InvalidStateStoreException} once the partition has moved away.
 */
public interface Partition {

    /** Its number. */
    int number();

    /** Whether this is a copy, which may be behind. */
    boolean stale();

    /** How many records it is behind; 0 for what is not a copy. */
    long lag();

    /** The store of that name, bytes by bytes. */
    ReadOnlyKeyValueStore<Bytes, byte[]> keyValues(String store);

    /** The store of that name, bytes by bytes and time. */
    ReadOnlyWindowStore<Bytes, byte[]> windows(String store);
}
