package io.weir.intake.admission;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.settings.Settings;
import io.weir.intake.admission.enrichment.Enrichment;
import io.weir.intake.admission.format.Draft;
import io.weir.intake.admission.plan.PlanFinding;
import io.weir.intake.admission.plan.TrackingPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a changed tracking plan would do to recorded events: offer them one by one, then read the outcome. Events that are
 * refused for another reason than the plan, under either plan, do not count. Not safe for threads.
 */
public final class PlanTrial {

    private static final String TOPIC = "recorded";

    private final TrackingPlan before;
    private final TrackingPlan after;
    private final Gate gate;
    private final Map<String, Outcome> outcomes = new TreeMap<>();
    private long offset;

    /**
     * Nothing has been offered yet.
     *
     * @param format how the recorded messages are written
     * @param before the plan in force; {@link TrackingPlan#none()} if there is none
     * @param after the changed plan
     */
    public PlanTrial(SourceFormat format, AvroSerdes serdes, TrackingPlan before, TrackingPlan after) {
        this.before = before;
        this.after = after;
        AdmissionSettings settings = AdmissionSettings.from(Settings.of(Map.of(
                AdmissionSettings.TIME_BOUNDS.key(), "recorded",
                AdmissionSettings.IP_HASH.key(), "false")));
        this.gate = new Gate(
                settings, serdes, Map.of(TOPIC, format), TrackingPlan::none, new Enrichment(settings), () -> {});
    }

    /** Offers the next recorded message. */
    public void offer(byte[] message) {
        RawMessage raw = new RawMessage(TOPIC, 0, offset++, 0, new RecordHeaders(), null, message);
        gate.readSound(raw, 0, this::compare);
    }

    /** What has come of the messages so far, by name of the event, in order of the names. */
    public List<Outcome> outcomes() {
        return List.copyOf(outcomes.values());
    }

    private void compare(Draft draft) {
        Optional<PlanFinding> then = refusal(before, draft);
        Optional<PlanFinding> now = refusal(after, draft);
        boolean rejected = then.isEmpty() && now.isPresent();
        boolean readmitted = then.isPresent() && now.isEmpty();
        String name = draft.eventName();
        Outcome sofar = outcomes.getOrDefault(name, new Outcome(name, 0, 0, 0, null));
        String first = sofar.example() == null && rejected ? now.get().breach().message() : sofar.example();
        outcomes.put(
                name,
                new Outcome(
                        name,
                        sofar.events() + 1,
                        sofar.newlyRejected() + (rejected ? 1 : 0),
                        sofar.newlyAccepted() + (readmitted ? 1 : 0),
                        first));
    }

    private static Optional<PlanFinding> refusal(TrackingPlan plan, Draft draft) {
        return plan.check(draft.eventName(), draft.planVersion(), draft::properties)
                .filter(PlanFinding::refuse);
    }

    /**
     * What would become of the events of one name.
     *
     * @param eventName name of the event
     * @param events how many there were
     * @param newlyRejected how many the changed plan refuses and the one in force does not
     * @param newlyAccepted how many the plan in force refuses and the changed one does not
     * @param example why the first of the newly rejected is, in one sentence; null if none is
     */
    public record Outcome(String eventName, long events, long newlyRejected, long newlyAccepted, String example) {}
}
