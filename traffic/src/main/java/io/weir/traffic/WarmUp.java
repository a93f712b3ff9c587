package io.weir.traffic;

/**
 * How many more visitors come at the very start, when nobody is under way yet, so that the rate of events is right from
 * the first minute and not from the second quarter of an hour. A visit gives a part f of its events at once and the
 * others spread exponentially with mean τ; the arrivals that make the sum constant are 1 + (1-f)/f · e^(-t/(f·τ)) times
 * the steady ones.
 */
final class WarmUp {
    /** No change. */
    static final WarmUp NONE = new WarmUp(1, 1);

    private final double extra;
    private final double meanMillis;

    /**
     * @param atOnce the part f, above 0
     * @param restMillis the mean τ in milliseconds
     */
    WarmUp(double atOnce, double restMillis) {
        this.extra = (1 - atOnce) / atOnce;
        this.meanMillis = atOnce * restMillis;
    }

    double factor(long sinceStartMillis) {
        return extra == 0 ? 1 : 1 + extra * StrictMath.exp(-sinceStartMillis / meanMillis);
    }
}
