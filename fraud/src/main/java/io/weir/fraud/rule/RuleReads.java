package io.weir.fraud.rule;

import io.weir.core.serde.KeptRecords;
import io.weir.core.state.ByteStores;
import io.weir.core.topic.KeyParts;
import io.weir.schemas.FraudRule;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What queries may ask of the rules that a task of visitors knows: each task knows all. Safe for one thread; cheap to make. */
public final class RuleReads {

    /** Store to open, with bytes as keys and values. */
    public static final String RULES = "fraud-visitor-rules";

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private final KeptRecords<FraudRule> records;

    /** @param records as rules are kept */
    public RuleReads(ReadOnlyKeyValueStore<Bytes, byte[]> store, KeptRecords<FraudRule> records) {
        this.store = store;
        this.records = records;
    }

    /** The version that counts of each rule, by id; without those that were deleted. */
    public List<FraudRule> current() {
        SortedMap<String, FraudRule> rules = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                List<String> key = KeyParts.split(ByteStores.id(entry.key));
                if (key.get(0).equals(RuleBook.COUNTS)) {
                    rules.put(key.get(1), records.decode(entry.value));
                }
            }
        }
        rules.keySet().removeIf(id -> store.get(ByteStores.key(KeyParts.join(RuleBook.DELETED, id))) != null);
        return List.copyOf(rules.values());
    }
}
