package io.weir.traffic;

/** When the next of a sort arrives: a Poisson process whose rate follows the day, and the warm-up at the start. */
final class Arrivals {
    private final Rng rng;
    private final DayCurve curve;
    private final WarmUp warmUp;
    private final double perMilli;
    private final long start;
    private double next;

    /**
     * @param start milliseconds since the epoch, UTC
     * @param perMilli arrivals per millisecond as the mean of a day; 0: nobody ever
     */
    Arrivals(Rng rng, DayCurve curve, WarmUp warmUp, long start, double perMilli) {
        this.rng = rng;
        this.curve = curve;
        this.warmUp = warmUp;
        this.perMilli = perMilli;
        this.start = start;
        this.next = start;
        moveOn();
    }

    /** Milliseconds since the epoch, UTC; the largest number if nobody comes. */
    long nextAt() {
        return (long) next;
    }

    /** Takes the one who arrives: a generator of its own, so that nobody's deeds depend on anybody else's. */
    Rng arrive() {
        Rng own = new Rng(rng.nextLong());
        moveOn();
        return own;
    }

    private void moveOn() {
        if (perMilli == 0) {
            next = Double.POSITIVE_INFINITY;
            return;
        }
        long now = (long) next;
        next += rng.exponential(1 / (perMilli * curve.factor(now) * warmUp.factor(now - start)));
    }
}
