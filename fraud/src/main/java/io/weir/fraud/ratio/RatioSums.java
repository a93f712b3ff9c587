package io.weir.fraud.ratio;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.core.topic.KeyParts;
import io.weir.fraud.rule.Rule;
import io.weir.schemas.EventKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What a task of visitors has counted for rules on ratios and not sent on yet. So an event costs no record of its own on the way to
 * the task of its merchant: a sum every other second for each merchant, however many impressions it has. What is sent is taken out in the
 * same transaction, so that nothing is sent twice or lost.
 */
public final class RatioSums {

    private static final String STORE = "fraud-visitor-ratio-sums";

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteWriter bytes = new ByteWriter();
    private final Set<String> waiting = new LinkedHashSet<>();

    /** Takes what is sent on. */
    public interface Output {

        /** So much more was counted; the hour in hours since 1970, UTC. */
        void summed(String rule, long version, String key, long hour, long of, long among);
    }

    /** Opens the store of a task; what an earlier run had not sent on waits again. */
    public RatioSums(ProcessorContext<?, ?> context) {
        this.store = context.getStateStore(STORE);
        try (KeyValueIterator<Bytes, byte[]> left = store.all()) {
            left.forEachRemaining(entry -> waiting.add(ByteStores.id(entry.key)));
        }
    }

    /** How its store is built: with a record cache, since few keys are written again and again. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return ByteStores.persistent(STORE).withCachingEnabled();
    }

    /** What its store holds. */
    public static StoreNote note() {
        return new StoreNote(
                STORE,
                "rule|version|key|hour (UTF-8)",
                "varint of, varint among",
                "two seconds",
                "a key for each merchant and campaign that is being seen",
                "yes: few keys, written again and again");
    }

    /**
     * Counts an event.
     *
     * @param key of the rule's group
     * @param at when it occurred, milliseconds UTC
     */
    public void count(Rule rule, String key, EventKind kind, long at) {
        boolean isOf = kind == rule.terms().getRatio().getOf();
        String id = KeyParts.join(rule.id(), Long.toString(rule.version()), key, Long.toString(Hours.number(at)));
        Bytes stored = ByteStores.key(id);
        byte[] value = store.get(stored);
        long of = isOf ? 1 : 0;
        long among = isOf ? 0 : 1;
        if (value != null) {
            ByteReader in = new ByteReader(value);
            of += in.varint();
            among += in.varint();
        }
        store.put(stored, bytes.varint(of).varint(among).take());
        waiting.add(id);
    }

    /** Sends on what waits. */
    public void send(Output out) {
        for (String id : waiting) {
            Bytes stored = ByteStores.key(id);
            ByteReader in = new ByteReader(store.get(stored));
            List<String> parts = KeyParts.split(id);
            out.summed(
                    parts.get(0),
                    Long.parseLong(parts.get(1)),
                    parts.get(2),
                    Long.parseLong(parts.get(3)),
                    in.varint(),
                    in.varint());
            store.delete(stored);
        }
        waiting.clear();
    }
}
