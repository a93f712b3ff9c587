package io.weir.intake;

import io.weir.core.topic.Topics;
import io.weir.intake.admission.Gates;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;

/** What all {@link AdmitProcessor}s share. Safe for threads. */
final class AdmitParts {

    private final Gates gates;
    private final Serializer<Event> events;
    private final Serializer<DeadLetter> letters;
    private final Map<EventKind, String> topics = new EnumMap<>(EventKind.class);
    private final String letterTopic;
    private final long lateAfter;

    /** @param lateAfter millis behind the clock of its raw partition above which an event is late */
    AdmitParts(Gates gates, Serializer<Event> events, Serializer<DeadLetter> letters, Topics names, long lateAfter) {
        this.gates = gates;
        this.events = events;
        this.letters = letters;
        this.lateAfter = lateAfter;
        this.letterTopic = names.name(Topics.DEAD_LETTER);
        for (EventKind kind : Topics.kinds()) {
            topics.put(kind, names.name(Topics.of(kind)));
        }
    }

    Gates gates() {
        return gates;
    }

    Serializer<Event> events() {
        return events;
    }

    Serializer<DeadLetter> letters() {
        return letters;
    }

    String letterTopic() {
        return letterTopic;
    }

    /** Name of the topic of a kind in this deployment. */
    String topicOf(EventKind kind) {
        return topics.get(kind);
    }

    long lateAfter() {
        return lateAfter;
    }
}
