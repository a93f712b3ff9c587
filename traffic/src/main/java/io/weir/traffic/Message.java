package io.weir.traffic;

import java.util.List;

/**
 * One message of a raw topic, and the truth beside it.
 *
 * @param key the visitor id
 * @param value the encoded message
 * @param appendedAt when the collector appends it to its topic, milliseconds since the epoch, UTC
 * @param labels one for each event in the message, in the order in which they stand there
 * @param <V> {@code byte[]} or {@link io.weir.schemas.CollectedEvent}
 */
public record Message<V>(String key, V value, long appendedAt, List<Label> labels) {}
