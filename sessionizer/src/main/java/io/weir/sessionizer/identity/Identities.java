package io.weir.sessionizer.identity;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads who visitors were. */
public final class Identities {

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;

    /** @param store the store {@link IdentityStore#NAME}, of one task or of all tasks of this instance */
    public Identities(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** A visitor's links, in order of time; empty if nobody is known. */
    public List<CustomerLink> of(String visitorId) {
        byte[] value = store.get(IdentityStore.key(visitorId));
        return value == null ? List.of() : IdentityCodec.decodeLinks(value).links();
    }
}
