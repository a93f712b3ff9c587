package io.weir.fraud.ratio;

import io.weir.schemas.RuleRatio;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the hours before an hour say of its ratio.
 *
 * <p>Hours that were too high stay in it. A median does not move far until half of the hours are new, so that a fraud is found
 * for as long as it lasts up to half of the history (three and a half days of a key that is a week old, half a day of one
 * that is a day old), and a shop that has changed for good is left alone after that; left out, they would have made what is
 * found depend on what was found before, and so on the order of events.
 *
 * @param median of the ratios of the hours
 * @param deviation 1.4826 times the median of their distances from it, which is the standard deviation if they are normal
 *     (Rousseeuw and Croux 1993)
 * @param share what is counted in all of them together, by the median of means (Jerrum, Valiant and Vazirani 1986): seven
 *     stretches of hours, each {@code (of + ½) / (among + 1)}, and their median. It is above 0 where the median of hours with
 *     few events is 0, and fraud in three of the stretches, however large, moves it no further than the others differ
 */
record History(double median, double deviation, double share) {

    private static final double NORMAL = 1.4826;
    private static final int STRETCHES = 7;

    /**
     * An hour is history if there was a tenth of what it needs to be looked at. With 500 impressions that is 50: a ratio of 5 %
     * is then known to 3 points. Fewer say nothing; more, and a small merchant would have no past when fraud makes it large.
     */
    private static final int PART = 10;

    /** The history of an hour; empty if there are too few hours. */
    static Optional<History> of(Hours hours, long hour, RuleRatio terms) {
        long[] past = Arrays.stream(hours.between(hour - Ratio.HISTORY, hour))
                .filter(number -> hours.among(number) > 0)
                .filter(number -> hours.among(number) >= terms.getAtLeast() / PART)
                .toArray();
        if (past.length == 0 || past.length < terms.getHistoryHours()) {
            return Optional.empty();
        }
        double[] ratios = Arrays.stream(past)
                .mapToDouble(number -> (double) hours.of(number) / hours.among(number))
                .toArray();
        double median = median(ratios);
        double[] distances =
                Arrays.stream(ratios).map(ratio -> Math.abs(ratio - median)).toArray();
        return Optional.of(new History(median, NORMAL * median(distances), share(hours, past)));
    }

    private static double share(Hours hours, long[] past) {
        int stretches = Math.min(STRETCHES, past.length);
        double[] shares = new double[stretches];
        for (int i = 0; i < stretches; i++) {
            double of = 0.5;
            double among = 1;
            for (int j = past.length * i / stretches; j < past.length * (i + 1) / stretches; j++) {
                of += hours.of(past[j]);
                among += hours.among(past[j]);
            }
            shares[i] = of / among;
        }
        return median(shares);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * Judges an hour.
     *
     * @param z so many scales above the median are too many
     */
    Judgement judge(long hour, long of, long among, double z, boolean last) {
        double scale = Math.max(deviation, Math.sqrt(variance(median > 0 ? median : share) / among));
        double threshold = Math.max(median + z * scale, mostByChance(among, z));
        return new Judgement(hour, of, among, median, scale, threshold, last);
    }

    /**
     * The ratio that chance exceeds as seldom as a normal value exceeds z. A few events are not normal: of 500 impressions with
     * a ratio of 0.2 %, five clicks are 4 scales above the one that is expected, and come in one hour of 270 by chance. By the
     * expansion of Cornish and Fisher (1938) a value of skewness g exceeds {@code z + (z² - 1) g / 6} as seldom.
     */
    private double mostByChance(long among, double z) {
        double expected = Math.max(median, share);
        double deviationOfCount = Math.sqrt(among * variance(expected));
        double skewness = Math.max(0, expected < 1 ? 1 - 2 * expected : 1) / deviationOfCount;
        return expected + deviationOfCount * (z + (z * z - 1) * skewness / 6) / among;
    }

    /** Of one: binomial; Poisson where the ratio is no share, as that of purchases where each click brings several. */
    private static double variance(double ratio) {
        return ratio < 1 ? ratio * (1 - ratio) : ratio;
    }
}
