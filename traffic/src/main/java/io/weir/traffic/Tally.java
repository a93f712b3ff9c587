package io.weir.traffic;

import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.EventKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What Weir should count, from the labels of what was sent. Always {@code events = accepted + duplicates + dead letters}.
 * Not for several threads at a time.
 */
public final class Tally {
    private final Map<EventKind, Long> accepted = new EnumMap<>(EventKind.class);
    private final Map<DeadLetterReason, Long> deadLetters = new EnumMap<>(DeadLetterReason.class);
    private final Map<FraudScheme, Long> frauds = new EnumMap<>(FraudScheme.class);
    private long messages;
    private long events;
    private long duplicates;
    private long late;
    private long bots;

    /** Counts a message that was sent. */
    public void add(Message<?> message) {
        add(message.labels());
    }

    /** Counts a message of which only the labels are at hand. */
    public void add(Iterable<Label> labels) {
        messages++;
        for (Label label : labels) {
            add(label);
        }
    }

    private void add(Label label) {
        events++;
        if (label.refusal().isPresent()) {
            deadLetters.merge(label.refusal().get(), 1L, Long::sum);
            return;
        }
        if (label.duplicate()) {
            duplicates++;
            return;
        }
        accepted.merge(label.kind(), 1L, Long::sum);
        label.fraud().ifPresent(scheme -> frauds.merge(scheme, 1L, Long::sum));
        if (label.late()) {
            late++;
        }
        if (label.bot()) {
            bots++;
        }
    }

    /** Messages in the topic. */
    public long messages() {
        return messages;
    }

    /** Events in those messages: what Weir's summary calls {@code read}. */
    public long events() {
        return events;
    }

    /** Events to be accepted, by kind; kinds without any are absent. */
    public Map<EventKind, Long> accepted() {
        return Collections.unmodifiableMap(accepted);
    }

    /** Events to be accepted, of all kinds. */
    public long acceptedInAll() {
        return sum(accepted);
    }

    /** Events that were sent before. */
    public long duplicates() {
        return duplicates;
    }

    /** Events to be refused, by reason; reasons without any are absent. */
    public Map<DeadLetterReason, Long> deadLetters() {
        return Collections.unmodifiableMap(deadLetters);
    }

    /** Events to be refused, for all reasons. */
    public long deadLettersInAll() {
        return sum(deadLetters);
    }

    /** Accepted events that arrive {@link TrafficSettings#lateFrom()} or more after they happened. */
    public long late() {
        return late;
    }

    /** Accepted events of declared robots. */
    public long bots() {
        return bots;
    }

    /** Accepted events that belong to a fraud, by scheme; schemes without any are absent. */
    public Map<FraudScheme, Long> frauds() {
        return Collections.unmodifiableMap(frauds);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
