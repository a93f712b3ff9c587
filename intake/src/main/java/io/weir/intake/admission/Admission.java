package io.weir.intake.admission;

/** The decision on one event of a raw message. */
public sealed interface Admission permits Admitted, Refused {

    /** What quality is counted by. */
    EventLabel label();
}
