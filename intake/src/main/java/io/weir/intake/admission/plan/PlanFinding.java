package io.weir.intake.admission.plan;

import io.weir.intake.admission.PlanBreach;

/**
 * What a tracking plan finds wrong with an event.
 *
 * @param breach what it is
 * @param refuse whether the event becomes a dead letter; else it is accepted and counted
 */
public record PlanFinding(PlanBreach breach, boolean refuse) {}
