package io.weir.intake.admission.plan;

import java.util.Map;

/**
 * What the plan says of one event.
 *
 * @param name name of the event
 * @param mode what becomes of one that breaks its contract
 * @param versions contracts by version
 * @param current the one that counts where the event names none that is known
 */
record EventPlan(String name, PlanMode mode, Map<String, EventContract> versions, EventContract current) {

    EventContract version(String asked) {
        return asked == null ? current : versions.getOrDefault(asked, current);
    }
}
