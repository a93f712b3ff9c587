package io.weir.core.topic;

import java.time.Duration;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic that Weir owns: keys are UTF-8 strings, values one Avro record in Confluent's wire format.
 *
 * @param name name without the deployment's prefix
 * @param key what the key is, in words
 * @param type class of the value
 * @param cleanup what the broker does with old records
 * @param retention how long the broker keeps a record of a {@link Cleanup#DELETE} topic, unless the deployment says
 *     otherwise; unused for {@link Cleanup#COMPACT}
 * @param <V> class of the value
 */
public record Topic<V extends SpecificRecord>(
        String name, String key, Class<V> type, Cleanup cleanup, Duration retention) {

    /** What the broker does with old records. */
    public enum Cleanup {
        DELETE("delete"),
        COMPACT("compact");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }

        /** The value of the broker's {@code cleanup.policy}. */
        public String policy() {
            return policy;
        }
    }

    public Topic {
        Objects.requireNonNull(name);
        Objects.requireNonNull(key);
        Objects.requireNonNull(type);
        Objects.requireNonNull(cleanup);
        Objects.requireNonNull(retention);
    }

    static <V extends SpecificRecord> Topic<V> deleted(String name, String key, Class<V> type, Duration retention) {
        return new Topic<>(name, key, type, Cleanup.DELETE, retention);
    }

    static <V extends SpecificRecord> Topic<V> compacted(String name, String key, Class<V> type) {
        return new Topic<>(name, key, type, Cleanup.COMPACT, Duration.ZERO);
    }
}
