package io.weir.adspend.cap;

/** Why the state of a cap is looked at. */
public enum Cause {
    /** The first budget of the merchant, or the first cap of the campaign. */
    FIRST_SEEN,
    /** An interaction. */
    SPEND,
    /** A budget that came, or took effect. */
    BUDGET_CHANGE,
    /** A verdict. */
    CREDIT,
    /** Another local day has begun. */
    DAY_ROLLOVER
}
