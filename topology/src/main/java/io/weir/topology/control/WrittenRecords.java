package io.weir.topology.control;

import io.weir.core.feature.ControlRecords;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.UnreadableRecordException;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads control topics when the first task asks, and answers the others of its process with the same: what is written later comes to
 * all of them as any record does.
 */
public final class WrittenRecords implements ControlRecords {

    private final Topics topics;
    private final AvroSerdes serdes;
    private final Map<String, ?> client;
    private final Map<Topic<?>, List<?>> read = new HashMap<>();

    /**
     * Nothing is asked of the broker yet.
     *
     * @param topics names in this deployment
     * @param client properties of a client of the cluster
     */
    public WrittenRecords(Topics topics, AvroSerdes serdes, Map<String, ?> client) {
        this.topics = topics;
        this.serdes = serdes;
        this.client = client;
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <V extends SpecificRecord> List<Entry<V>> of(Topic<V> topic) {
        List<?> known = read.get(topic);
        if (known == null) {
            known = read(topic);
            read.put(topic, known);
        }
        return (List<Entry<V>>) known;
    }

    private <V extends SpecificRecord> List<Entry<V>> read(Topic<V> topic) {
        String name = topics.name(topic);
        List<Entry<V>> entries = new ArrayList<>();
        try (Deserializer<V> deserializer = serdes.deserializer(topic.type())) {
            WholeTopic.forEach(client, name, message -> {
                if (message.key() == null) {
                    return;
                }
                String key = new String(message.key(), StandardCharsets.UTF_8);
                try {
                    V value = message.value() == null ? null : deserializer.deserialize(name, message.value());
                    entries.add(new Entry<>(key, value, message.timestamp()));
                } catch (UnreadableRecordException e) {
                    // It becomes a dead letter where the feature reads it.
                }
            });
        }
        return List.copyOf(entries);
    }
}
