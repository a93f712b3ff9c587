package io.weir.intake.admission;

/** What event times are measured against. */
public enum TimeBoundsMode {
    /** Now: from max-age behind it to max-future ahead of it. */
    WALL,
    /** The calendar: 1971-01-01 to 2100-12-31, UTC; for events that were recorded long ago. */
    RECORDED
}
