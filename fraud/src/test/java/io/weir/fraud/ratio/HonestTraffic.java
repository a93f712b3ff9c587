package io.weir.fraud.ratio;

import io.weir.schemas.RuleRatio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Two weeks of keys whose ratio never changes, and how often an hour is found too high. Clicks are drawn with the impression that
 * they are of, so that all that {@link Ratio} looks at is looked at, without counting each impression.
 */
final class HonestTraffic {

    private static final int HOURS = 14 * 24;

    private final RuleRatio terms;
    private final Ratio ratio;
    private final double impressions;
    private final double swing;
    private final double chance;
    private final Random random;

    private final List<Long> found = new ArrayList<>();
    private long judged;
    private long falseAtOnce;
    private long falseInTheEnd;
    private long tenfold;

    /**
     * How it is.
     *
     * @param impressions an hour, in the middle
     * @param swing how much more or less it is in the course of a day: 0 for none, 2/3 for five times at most
     * @param chance of a click
     */
    HonestTraffic(RuleRatio terms, double impressions, double swing, double chance, long seed) {
        this.terms = terms;
        this.ratio = new Ratio(terms, 0);
        this.impressions = impressions;
        this.swing = swing;
        this.chance = chance;
        this.random = new Random(seed);
    }

    /** Lets keys live; in each eighth hour it is also tried what a tenfold ratio would have come to. */
    HonestTraffic run(int keys) {
        for (int key = 0; key < keys; key++) {
            Hours hours = new Hours();
            for (int hour = 0; hour < HOURS; hour++) {
                long among = impressions(hour);
                long[] clicks = clicks(among, chance);
                Optional<History> history =
                        among < terms.getAtLeast() ? Optional.empty() : History.of(hours, hour, terms);
                if (history.isPresent()) {
                    judge(history.get(), clicks, among);
                    if (hour % 8 == 0) {
                        jump(history.get(), clicks(among, 10 * chance), among);
                    }
                }
                hours.add(hour, clicks.length, among);
                hours.forgetBefore(hour - Ratio.HISTORY);
            }
        }
        return this;
    }

    private void judge(History history, long[] clicks, long among) {
        judged++;
        boolean inTheEnd = isTooHigh(history, clicks.length, among, terms.getRobustZ());
        falseInTheEnd += inTheEnd ? 1 : 0;
        falseAtOnce += inTheEnd || firstFound(history, clicks).isPresent() ? 1 : 0;
    }

    private void jump(History history, long[] clicks, long among) {
        tenfold++;
        OptionalLong at = firstFound(history, clicks);
        if (at.isPresent()) {
            found.add(at.getAsLong());
        } else if (isTooHigh(history, clicks.length, among, terms.getRobustZ())) {
            found.add(among);
        }
    }

    /** With which impression an hour that fills is first too high. */
    private OptionalLong firstFound(History history, long[] clicks) {
        long enough = terms.getAtLeast();
        // The click on the last impression that it takes comes after that impression.
        int before = (int) Arrays.stream(clicks).filter(at -> at < enough).count();
        if (isTooHigh(history, before, enough, ratio.peekZ(enough))) {
            return OptionalLong.of(enough);
        }
        for (int i = before; i < clicks.length; i++) {
            if (Ratio.round(i + 1) == i + 1 && isTooHigh(history, i + 1, clicks[i], ratio.peekZ(clicks[i]))) {
                return OptionalLong.of(clicks[i]);
            }
        }
        return OptionalLong.empty();
    }

    private static boolean isTooHigh(History history, long of, long among, double z) {
        return history.judge(0, of, among, z, false).isTooHigh();
    }

    private long impressions(int hour) {
        double mean = impressions * (1 + swing * Math.sin(2 * Math.PI * hour / 24));
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }

    /** The impressions that are clicked. */
    private long[] clicks(long among, double chance) {
        long[] clicks = new long[(int) among];
        int count = 0;
        double logMiss = Math.log1p(-chance);
        long at = 1 + (long) (Math.log(1 - random.nextDouble()) / logMiss);
        while (at <= among) {
            clicks[count++] = at;
            at += 1 + (long) (Math.log(1 - random.nextDouble()) / logMiss);
        }
        return Arrays.copyOf(clicks, count);
    }

    /** Hours that had enough, and enough history. */
    long judged() {
        return judged;
    }

    /** Of a million of them, those that were too high when one of the looks was taken. */
    double falseAtOncePerMillion() {
        return 1e6 * falseAtOnce / judged;
    }

    /** Of a million of them, those that were too high as a whole. */
    double falseInTheEndPerMillion() {
        return 1e6 * falseInTheEnd / judged;
    }

    /** Part of the hours with a tenfold ratio that were found. */
    double tenfoldFound() {
        return (double) found.size() / tenfold;
    }

    /** With which impression such an hour was found: so many of a thousand were not later. */
    long foundWithin(int perMille) {
        List<Long> sorted = found.stream().sorted().toList();
        return sorted.get((int) ((sorted.size() - 1L) * perMille / 1000));
    }
}
