package io.weir.intake.quality;

import io.weir.core.topic.KeyParts;
import java.util.List;

/**
 * What alerts are about, and the key of {@code intake.quality} and {@code intake.alerts}.
 *
 * @param source raw topic
 * @param eventName name of the event; empty where it could not be read
 */
public record SourceEvent(String source, String eventName) {

    /** {@code source|event name}, as {@link KeyParts} writes it. */
    public String key() {
        return KeyParts.join(source, eventName);
    }

    /** The reverse of {@link #key()}. */
    public static SourceEvent of(String key) {
        List<String> parts = KeyParts.split(key);
        return new SourceEvent(parts.get(0), parts.get(1));
    }
}
