package io.weir.experiments.statistics;

/**
 * Sums of a ratio metric, such as revenue for each order: numerator y and denominator d of each unit.
 *
 * @param n number of units
 * @param y Σy
 * @param yy Σy²
 * @param d Σd
 * @param dd Σd²
 * @param yd Σyd
 */
public record Ratio(double n, double y, double yy, double d, double dd, double yd) {

    /** The sample of Σy/Σd, with its variance by the delta method. */
    public Sample sample() {
        double meanOfY = y / n;
        double meanOfD = d / n;
        double ofY = (yy - y * meanOfY) / (n - 1);
        double ofD = (dd - d * meanOfD) / (n - 1);
        double of2 = (yd - y * meanOfD) / (n - 1);
        double variance = ofY / (meanOfD * meanOfD)
                + ofD * meanOfY * meanOfY / Math.pow(meanOfD, 4)
                - 2 * of2 * meanOfY / Math.pow(meanOfD, 3);
        return new Sample(n, meanOfY / meanOfD, variance);
    }
}
