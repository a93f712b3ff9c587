package io.weir.experiments.statistics;

import java.util.List;
import java.util.Optional;

/**
 * Treatment against control.
 *
 * @param estimate of the difference
 * @param standardError of the estimate
 * @param degreesOfFreedom of Student's t, by Welch and Satterthwaite
 * @param n units of both
 */
public record Difference(double estimate, double standardError, double degreesOfFreedom, double n) {

    /** So many that Student's t is the normal distribution, to the last digit of a double that is printed. */
    private static final double NORMAL = 1e12;

    /** How much more a unit of the treatment has; empty where nothing can be concluded. */
    public static Optional<Difference> absolute(Sample control, Sample treatment) {
        if (!control.isConclusive() || !treatment.isConclusive()) {
            return Optional.empty();
        }
        double error = Math.sqrt(treatment.varianceOfMean() + control.varianceOfMean());
        return Optional.of(new Difference(
                treatment.mean() - control.mean(), error, freedom(control, treatment), control.n() + treatment.n()));
    }

    /**
     * The same where the units of one of them may all be equal, such as when nobody converts: its mean is taken for certain.
     * Where those of both are, such as when everybody fails and nobody of control, it is as if one unit of each had done what
     * the other's did. Not for a decision, but for what must not be overlooked.
     */
    public static Optional<Difference> absoluteIfConstant(Sample control, Sample treatment) {
        return ofEpoch(control, treatment)
                .map(known -> {
                    boolean conclusive = known.isConclusive();
                    double one = Math.abs(known.estimate) * Math.hypot(1 / control.n(), 1 / treatment.n());
                    return new Difference(
                            known.estimate,
                            conclusive ? known.standardError : one,
                            conclusive ? freedom(control, treatment) : NORMAL,
                            known.n);
                })
                .filter(Difference::isConclusive);
    }

    /**
     * The same for one of several epochs that are combined: one in which nothing happened, or the same to all, is a part of what
     * happened, and its error may be 0.
     *
     * @return empty for an epoch that has not two units of each
     */
    public static Optional<Difference> ofEpoch(Sample control, Sample treatment) {
        if (control.n() <= 1 || treatment.n() <= 1) {
            return Optional.empty();
        }
        double error = Math.sqrt(Math.max(0, treatment.varianceOfMean()) + Math.max(0, control.varianceOfMean()));
        return Optional.of(
                new Difference(treatment.mean() - control.mean(), error, NORMAL, control.n() + treatment.n()));
    }

    /** The same as a part of the control's mean, with its error by the delta method. Empty also if that mean is 0. */
    public static Optional<Difference> relative(Sample control, Sample treatment) {
        if (!control.isConclusive() || !treatment.isConclusive() || control.mean() == 0) {
            return Optional.empty();
        }
        double mean = control.mean();
        double ratio = treatment.mean() / mean;
        double error =
                Math.sqrt(treatment.varianceOfMean() + control.varianceOfMean() * ratio * ratio) / Math.abs(mean);
        return Optional.of(new Difference(
                (treatment.mean() - mean) / mean, error, freedom(control, treatment), control.n() + treatment.n()));
    }

    /**
     * Differences of several epochs, combined by their size: d = Σ(nₑ/n)·dₑ and V = Σ(nₑ/n)²·Vₑ, taken as normal.
     *
     * @return the only one as it is; empty if there is none
     */
    public static Optional<Difference> combined(List<Difference> epochs) {
        if (epochs.size() < 2) {
            return epochs.stream().findFirst();
        }
        double n = epochs.stream().mapToDouble(Difference::n).sum();
        double estimate = 0;
        double variance = 0;
        for (Difference epoch : epochs) {
            double share = epoch.n / n;
            estimate += share * epoch.estimate;
            variance += share * share * epoch.standardError * epoch.standardError;
        }
        return Optional.of(new Difference(estimate, Math.sqrt(variance), NORMAL, n));
    }

    private static double freedom(Sample control, Sample treatment) {
        double t = treatment.varianceOfMean();
        double c = control.varianceOfMean();
        return (t + c) * (t + c) / (t * t / (treatment.n() - 1) + c * c / (control.n() - 1));
    }

    /** Whether anything can be concluded: there is an error to go by. */
    public boolean isConclusive() {
        return standardError > 0;
    }

    /** Standard errors from zero. */
    double z() {
        return estimate / standardError;
    }

    Interval around(double halfWidth) {
        return new Interval(estimate - halfWidth, estimate + halfWidth);
    }
}
