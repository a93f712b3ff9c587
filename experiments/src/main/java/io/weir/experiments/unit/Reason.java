package io.weir.experiments.unit;

/** Whether a metric counts what a unit did, and if not, why. */
public enum Reason {
    /** It counts. */
    COUNTED,
    /** It happened before the unit's first exposure. */
    TOO_EARLY,
    /** It happened after the window had passed. */
    WINDOW_OVER,
    /** It would count, but the unit is left out. */
    EXCLUDED,
    /** It would count, but was given back. */
    REFUNDED,
    /**
     * It would count, but it, or the metric, came when the unit's numbers were final: {@code weir.experiments.lateness} after its longest
     * window.
     */
    TOO_LATE,
    /** It gives back an order of which nothing is known. */
    ORDER_UNKNOWN,
    /** It counts in another currency than the metric's. */
    OTHER_CURRENCY,
    /** The metric looks at something else. */
    NOT_MEASURED
}
