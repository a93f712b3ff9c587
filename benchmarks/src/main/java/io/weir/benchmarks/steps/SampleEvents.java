package io.weir.benchmarks.steps;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.serde.Schemas;
import io.weir.core.settings.Settings;
import io.weir.intake.admission.AdmissionSettings;
import io.weir.intake.admission.Admitted;
import io.weir.intake.admission.Gate;
import io.weir.intake.admission.Gates;
import io.weir.intake.admission.RawMessage;
import io.weir.intake.admission.SourceFormat;
import io.weir.schemas.Event;
import io.weir.traffic.Message;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Made-up shop traffic, the same in every run: as Segment JSON, and what intake makes of it. */
final class SampleEvents {

    /** Enough that no branch is learnt by heart, and few enough for the processor's second cache. */
    static final int MESSAGES = 4_096;

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int RATE = 2_000;
    private static final String TOPIC = "collector";

    static {
        // Each benchmark begins a process of its own with these.
        Schemas.trust();
    }

    private SampleEvents() {}

    static AvroSerdes serdes() {
        return new AvroSerdes(new SchemaRegistry("mock://steps", Map.of(), true));
    }

    /** A gate of intake, and nothing behind it. */
    static Gate gate() {
        AdmissionSettings settings = AdmissionSettings.from(
                Settings.of(Map.of("weir.intake.hash-key", "a key that hides nothing: made-up traffic")));
        return new Gates(settings, serdes(), Map.of(TOPIC, SourceFormat.SEGMENT_JSON)).open();
    }

    /** Messages as a collector writes them, a few of them broken. */
    static List<RawMessage> messages() {
        Iterator<Message<byte[]>> made = Traffic.from(TrafficSettings.builder()
                        .start(START)
                        .rate(RATE)
                        .events(2L * MESSAGES)
                        .dayCurve(false)
                        .build())
                .segmentJson();
        List<RawMessage> messages = new ArrayList<>();
        while (messages.size() < MESSAGES && made.hasNext()) {
            Message<byte[]> message = made.next();
            messages.add(new RawMessage(
                    TOPIC, 0, messages.size(), message.appendedAt(), new RecordHeaders(), null, message.value()));
        }
        return messages;
    }

    /** Those that are accepted, as events. */
    static List<Event> events() {
        List<Event> events = new ArrayList<>();
        try (Gate gate = gate()) {
            for (RawMessage message : messages()) {
                gate.admit(message, message.timestamp(), admission -> {
                    if (admission instanceof Admitted admitted) {
                        events.add(admitted.event());
                    }
                });
            }
        }
        return events;
    }
}
