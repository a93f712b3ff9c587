package io.weir.intake.admission.plan;

/** What becomes of an event that the plan does not know. */
public enum Unplanned {
    /** It is accepted. */
    ALLOW,
    /** It is accepted, counted and alerted on. */
    OBSERVE,
    /** It is a dead letter. */
    REJECT
}
