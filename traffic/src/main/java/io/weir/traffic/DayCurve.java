package io.weir.traffic;

/** How busy the shop is at a time of the day (UTC), as a factor of the day's mean: quiet at 4, a peak at 20 o'clock. */
final class DayCurve {
    private static final long HOUR = 3_600_000;
    private static final double[] HOURS = {
        0.62, 0.42, 0.30, 0.24, 0.22, 0.27, 0.42, 0.66, 0.88, 1.04, 1.15, 1.22,
        1.30, 1.25, 1.16, 1.12, 1.15, 1.26, 1.45, 1.66, 1.78, 1.62, 1.28, 0.92
    };
    private static final double MEAN = mean();

    private final boolean flat;

    private DayCurve(boolean flat) {
        this.flat = flat;
    }

    static DayCurve of(TrafficSettings settings) {
        return new DayCurve(!settings.dayCurve());
    }

    /**
     * The factor at a time.
     *
     * @param atMillis milliseconds since the epoch, UTC
     * @return a factor above 0; its mean over a day is 1
     */
    double factor(long atMillis) {
        if (flat) {
            return 1;
        }
        long hours = Math.floorDiv(atMillis, HOUR);
        int hour = (int) Math.floorMod(hours, 24L);
        double part = (atMillis - hours * HOUR) / (double) HOUR;
        return (HOURS[hour] * (1 - part) + HOURS[(hour + 1) % 24] * part) / MEAN;
    }

    private static double mean() {
        double sum = 0;
        for (double hour : HOURS) {
            sum += hour;
        }
        return sum / HOURS.length;
    }
}
