package io.weir.intake.admission.plan;

import io.weir.core.settings.SettingsException;
import io.weir.intake.admission.PlanBreach;
import io.weir.schemas.DeadLetterReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** A tracking plan, compiled; immutable and safe for threads. */
public final class TrackingPlan {

    /** The file that lists the events. */
    public static final String INDEX = "plan.json";

    private static final TrackingPlan NONE = new TrackingPlan("none", Unplanned.ALLOW, Map.of());

    private final String name;
    private final Unplanned unplanned;
    /** By name in small letters. */
    private final Map<String, EventPlan> events;

    TrackingPlan(String name, Unplanned unplanned, Map<String, EventPlan> events) {
        this.name = name;
        this.unplanned = unplanned;
        this.events = events;
    }

    /** A plan that has nothing to say. */
    public static TrackingPlan none() {
        return NONE;
    }

    /**
     * Reads and compiles a plan.
     *
     * @throws SettingsException if anything in it is wrong: one sentence that names the file
     */
    public static TrackingPlan load(PlanFolder folder) {
        PlanReader reader = new PlanReader(folder);
        TrackingPlan plan = reader.read();
        if (!reader.problems().isEmpty()) {
            throw new SettingsException(
                    "tracking plan " + folder.name() + ": " + reader.problems().get(0));
        }
        return plan;
    }

    /**
     * Reads and compiles the plan in a folder.
     *
     * @throws SettingsException if there is no such folder, or anything in it is wrong
     */
    public static TrackingPlan load(Path folder) {
        return load(PlanFolder.at(folder));
    }

    /** Name of the plan. */
    public String name() {
        return name;
    }

    /** Names of the events it knows, in order. */
    public List<String> eventNames() {
        return events.values().stream().map(EventPlan::name).sorted().toList();
    }

    /**
     * Asks the plan about an event.
     *
     * @param eventName name, case does not matter
     * @param version version of its contract that the event names, or null
     * @param properties its properties; asked only if they are looked at
     * @return what is wrong; empty if nothing is, or if the plan does not look
     */
    public Optional<PlanFinding> check(String eventName, String version, Supplier<JsonNode> properties) {
        if (this == NONE) {
            return Optional.empty();
        }
        EventPlan event = events.get(eventName.toLowerCase(Locale.ROOT));
        if (event == null) {
            return unplannedFinding();
        }
        if (event.mode() == PlanMode.OFF) {
            return Optional.empty();
        }
        return event.version(version)
                .breachOf(properties.get())
                .map(breach -> new PlanFinding(breach, event.mode() == PlanMode.ENFORCE));
    }

    List<EventPlan> events() {
        return List.copyOf(events.values());
    }

    private Optional<PlanFinding> unplannedFinding() {
        if (unplanned == Unplanned.ALLOW) {
            return Optional.empty();
        }
        PlanBreach breach = new PlanBreach(
                DeadLetterReason.UNPLANNED_EVENT,
                "The tracking plan " + name + " has no event of this name.",
                null,
                null,
                null);
        return Optional.of(new PlanFinding(breach, unplanned == Unplanned.REJECT));
    }
}
