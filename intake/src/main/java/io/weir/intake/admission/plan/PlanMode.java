package io.weir.intake.admission.plan;

/** What becomes of an event that breaks its contract. */
public enum PlanMode {
    /** It is a dead letter. */
    ENFORCE,
    /** It is accepted, counted and alerted on. */
    OBSERVE,
    /** Its contract is not looked at. */
    OFF
}
