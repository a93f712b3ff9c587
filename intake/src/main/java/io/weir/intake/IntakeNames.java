package io.weir.intake;

import io.weir.core.topic.Topics;
import io.weir.schemas.EventKind;
import java.util.EnumMap;
import java.util.Map;

/** Names in the topology. To change one is to lose the state or the topic that it names. */
final class IntakeNames {

    static final String RAW = "intake-raw";
    static final String ADMIT = "intake-admit";
    static final String CLOCK_STORE = "intake-clock";
    static final String REFUSED_COUNTS_STORE = "intake-refused-pending";
    static final String DEAD_LETTERS_SINK = "intake-dead-letters-sink";

    static final String KEYED_RAW = "intake-keyed-raw";
    static final String KEYED_ADMIT = "intake-keyed-admit";
    static final String KEYED_CLOCK_STORE = "intake-keyed-clock";
    static final String KEYED_REFUSED_COUNTS_STORE = "intake-keyed-refused-pending";
    static final String KEYED_DEAD_LETTERS_SINK = "intake-keyed-dead-letters-sink";

    static final String BY_VISITOR = "intake-by-visitor";
    static final String BOTH = "intake-both";
    static final String DEDUPLICATE = "intake-deduplicate";
    static final String EVENT_COUNTS_STORE = "intake-event-pending";

    static final String REFUSED_COUNTS = "intake-refused-counts";
    static final String KEYED_REFUSED_COUNTS = "intake-keyed-refused-counts";
    static final String EVENT_COUNTS = "intake-event-counts";
    static final String ALL_COUNTS = "intake-all-counts";
    static final String ALL_KEYED_COUNTS = "intake-all-keyed-counts";

    private static final Map<EventKind, String> SINKS = new EnumMap<>(EventKind.class);

    static {
        for (EventKind kind : Topics.kinds()) {
            String plural = Topics.of(kind).name().substring("events.".length());
            SINKS.put(kind, "intake-" + plural + "-sink");
        }
    }

    private IntakeNames() {}

    /** The node before a repartition topic: Kafka names it so. */
    static String into(String repartitioned) {
        return repartitioned + "-repartition-filter";
    }

    /** The sink of a kind of event. */
    static String sink(EventKind kind) {
        return SINKS.get(kind);
    }
}
