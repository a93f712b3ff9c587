package io.weir.experiments.statistics;

/**
 * Sums of a metric y and of what was known of the units before, x, which explains a part of y's variance (CUPED).
 *
 * @param n number of units
 * @param y Σy
 * @param yy Σy²
 * @param x Σx
 * @param xx Σx²
 * @param xy Σxy
 */
public record Cuped(double n, double y, double yy, double x, double xx, double xy) {

    private Sample ofY() {
        return Sample.of(n, y, yy);
    }

    private Sample ofX() {
        return Sample.of(n, x, xx);
    }

    private double covariance() {
        return (xy - x * y / n) / (n - 1);
    }

    private Cuped plus(Cuped other) {
        return new Cuped(n + other.n, y + other.y, yy + other.yy, x + other.x, xx + other.xx, xy + other.xy);
    }

    /** θ: how much of x is taken off y, by the units of both together. */
    public static double theta(Cuped control, Cuped treatment) {
        Cuped all = control.plus(treatment);
        return all.covariance() / all.ofX().variance();
    }

    private Sample adjusted(double theta) {
        double variance = ofY().variance() + theta * theta * ofX().variance() - 2 * theta * covariance();
        return new Sample(n, ofY().mean() - theta * ofX().mean(), variance);
    }

    /** Relative lift of the adjusted means, in parts of the control's unadjusted one. */
    public static Difference relative(Cuped control, Cuped treatment) {
        double theta = theta(control, treatment);
        Sample adjustedControl = control.adjusted(theta);
        Sample adjustedTreatment = treatment.adjusted(theta);
        double mean = control.ofY().mean();
        double g = -treatment.ofY().mean() / (mean * mean);
        double h = theta / mean;
        double ofControl = (g * g * control.ofY().variance()
                        + 2 * g * h * control.covariance()
                        + h * h * control.ofX().variance())
                / control.n;
        double error = Math.sqrt(adjustedTreatment.varianceOfMean() / (mean * mean) + ofControl);
        double freedom = Difference.absolute(adjustedControl, adjustedTreatment)
                .map(Difference::degreesOfFreedom)
                .orElseThrow(() -> new IllegalArgumentException("nothing can be concluded of these sums"));
        return new Difference(
                (adjustedTreatment.mean() - adjustedControl.mean()) / mean, error, freedom, control.n + treatment.n);
    }
}
