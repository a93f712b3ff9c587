package io.weir.sessionizer.identity;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.schemas.IdentityLink;
import io.weir.schemas.VisitorIdentities;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The store {@code identities}: who each visitor was. Key: UTF-8 of the visitor; value: {@link IdentityCodec}. Read and
 * written when a session reports a customer, not for each event.
 *
 * <p>Not thread-safe: one per processor.
 */
public final class IdentityStore {

    /** Name of the store. */
    public static final String NAME = "identities";

    private final KeyValueStore<Bytes, byte[]> store;
    private final long detailMillis;
    private final long retentionMillis;
    private final ByteWriter values = new ByteWriter();
    /** The last key that was swept; null to begin again. */
    private Bytes swept;

    /** @param store as {@link #builder} made it */
    public IdentityStore(KeyValueStore<Bytes, byte[]> store, IdentitySettings settings) {
        this.store = store;
        this.detailMillis = settings.detail().toMillis();
        this.retentionMillis = settings.retention().toMillis();
    }

    /** Makes the store. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(NAME);
    }

    /** What the store holds. */
    public static StoreNote note(IdentitySettings settings) {
        return new StoreNote(
                NAME,
                "visitor (UTF-8)",
                "customers, and links to them with first and last time; at most " + IdentitySettings.MOST_LINKS,
                settings.retention().toDays() + " days after the last event of a link; swept in steps",
                "0.7 MB where 10 000 visitors log in: 64 bytes each, 10 for each further link",
                "no: as many keys as visitors, each written twice a session");
    }

    /**
     * A session says which customers its visitor was. May be said again as the session grows, in any order.
     *
     * @param links for each customer from the first to the last event of the session that named it
     * @param now event time of the task, milliseconds UTC: what is older than settings say is joined or forgotten
     */
    public void seen(String visitorId, List<CustomerLink> links, long now, IdentityOutput out) {
        if (!links.isEmpty()) {
            change(key(visitorId), visitorId, known -> with(known, links), now, out);
        }
    }

    /**
     * All that is to be known of a visitor between two times, which takes the place of what was: for a session that is
     * divided, or loses a customer.
     *
     * @param first start of the session as it was, milliseconds UTC
     * @param last its last event
     * @param links of all its parts
     * @param now event time of the task, milliseconds UTC
     */
    public void replaced(
            String visitorId, long first, long last, List<CustomerLink> links, long now, IdentityOutput out) {
        change(key(visitorId), visitorId, known -> with(known.without(first, last), links), now, out);
    }

    /**
     * Joins and forgets what has become old, some visitors at a time, round and round.
     *
     * @param now event time of the task, milliseconds UTC
     * @param most visitors to look at; 1 000 every 10 s go through a million visitors in three hours
     */
    public void sweep(long now, int most, IdentityOutput out) {
        List<Bytes> visitors = new ArrayList<>();
        boolean more;
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(swept, null)) {
            while (visitors.size() < most && entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (!entry.key.equals(swept)) {
                    visitors.add(entry.key);
                }
            }
            more = entries.hasNext();
        }
        for (Bytes key : visitors) {
            change(key, new String(key.get(), StandardCharsets.UTF_8), UnaryOperator.identity(), now, out);
        }
        swept = more && !visitors.isEmpty() ? visitors.get(visitors.size() - 1) : null;
    }

    /** Who visitors were, in this partition. */
    public Identities identities() {
        return new Identities(store);
    }

    static Bytes key(String visitorId) {
        return ByteStores.key(visitorId);
    }

    private static VisitorLinks with(VisitorLinks known, List<CustomerLink> links) {
        VisitorLinks result = known;
        for (CustomerLink link : links) {
            result = result.with(link);
        }
        return result;
    }

    private void change(Bytes key, String visitorId, UnaryOperator<VisitorLinks> step, long now, IdentityOutput out) {
        byte[] stored = store.get(key);
        VisitorLinks before = stored == null ? VisitorLinks.NONE : IdentityCodec.decodeLinks(stored);
        VisitorLinks after = step.apply(before)
                .withoutBefore(now - retentionMillis)
                .joinedBefore(now - detailMillis)
                .bounded(IdentitySettings.MOST_LINKS);
        if (after.equals(before)) {
            return;
        }
        boolean forgotten = after.links().isEmpty();
        store.put(key, forgotten ? null : IdentityCodec.encode(values, after));
        out.visitor(visitorId, forgotten ? null : record(visitorId, after));
        tellCustomers(visitorId, before.byCustomer(), after.byCustomer(), out);
    }

    private static void tellCustomers(
            String visitorId,
            Map<String, List<Interval>> before,
            Map<String, List<Interval>> after,
            IdentityOutput out) {
        after.forEach((customer, intervals) -> {
            if (!intervals.equals(before.get(customer))) {
                out.customer(customer, new CustomerVisitor(visitorId, intervals));
            }
        });
        before.keySet().stream()
                .filter(customer -> !after.containsKey(customer))
                .forEach(customer -> out.customer(customer, new CustomerVisitor(visitorId, List.of())));
    }

    private static VisitorIdentities record(String visitorId, VisitorLinks links) {
        return new VisitorIdentities(
                visitorId,
                links.links().stream()
                        .map(link -> new IdentityLink(
                                link.customerId(),
                                Instant.ofEpochMilli(link.first()),
                                Instant.ofEpochMilli(link.last())))
                        .toList());
    }
}
