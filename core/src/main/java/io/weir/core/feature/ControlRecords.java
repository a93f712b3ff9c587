package io.weir.core.feature;

import io.weir.core.topic.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a control topic says by now, for a task that starts from nothing. Such a task is told of definitions or rules by way of an internal
 * topic, and reads thousands of events before they arrive; what it kept nothing of cannot count later. It is told the same
 * again: records that have a version change nothing then.
 */
public interface ControlRecords {

    /** For a feature that is driven by hand: nothing is said before its input. */
    ControlRecords NONE = new ControlRecords() {
        @Override
        public <V extends SpecificRecord> List<Entry<V>> of(Topic<V> topic) {
            return List.of();
        }
    };

    /**
     * A record.
     *
     * @param key of the record
     * @param value null where it was deleted
     * @param timestamp of the record, milliseconds UTC
     */
    record Entry<V>(String key, V value, long timestamp) {}

    /**
     * All records of a topic that can be read, those of a key in their order.
     *
     * @throws io.weir.core.serde.RegistryUnavailableException if the registry does not answer
     */
    <V extends SpecificRecord> List<Entry<V>> of(Topic<V> topic);
}
