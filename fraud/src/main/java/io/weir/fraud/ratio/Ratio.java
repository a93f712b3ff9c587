package io.weir.fraud.ratio;

import io.weir.schemas.EventKind;
import io.weir.schemas.RuleRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges the hours of keys: the ratio of an hour is too high if it is more than {@code robust_z} scales above the median of the
 * hours of the week before it, where scale = max(1.4826·MAD, √(p(1−p)/n)), p is that median and n what the hour has of
 * {@code among}; and if it is above what chance makes of few events (see {@link History}). A ratio that falls is never too
 * high, nor is one of an hour with less than {@code at_least} or of a key without {@code history_hours} hours.
 *
 * <p>An hour is judged as it fills, and again when it is complete, with the last word: whatever the order of the events, as long
 * as none is later than the lateness, the last judgement of each hour is the same. What is said before that depends on what has
 * come so far, also on whether clicks come ahead of their impressions. Events that are later count in the history, as long as
 * their hour is kept.
 *
 * <p>Who looks often finds chance often: after each click, up to 0.44 % of honest hours were once above the threshold of the
 * whole hour, twenty times as many as in the end. So an hour is looked at when it has {@code at_least} and when its count of
 * {@code of} is a round binary number, each a seventh to a quarter above the one before; and the threshold of these looks is
 * higher ({@link #peekZ}). So at most 0.02 % are too high in the end, and 0.04 % at a look or in the end. Where the ratio itself
 * varies by a fifth from hour to hour, it is 0.5 and 1.4 %: 3.5 scales are no more than the rule's author says they are.
 *
 * <p>An event costs 30 ns. A look sorts the ratios of a week, 168, twice: some 20 µs, of which an hour with 1 000 clicks has 36 at
 * most. Immutable.
 */
public final class Ratio {

    /** So many hours before an hour can be its history: a week, so that all hours of the day and all days are in it. */
    public static final int HISTORY = 168;

    private final RuleRatio terms;
    private final long lateness;
    private final long lateHours;

    /**
     * How a rule judges.
     *
     * @param terms with 1 or more of {@code at_least}, and {@code history_hours} of 1 to 168
     * @param lateness how much later than others an event may come and still change what is said of its hour, milliseconds
     */
    public Ratio(RuleRatio terms, long lateness) {
        this.terms = terms;
        this.lateness = lateness;
        this.lateHours = -Math.floorDiv(-lateness, Hours.MILLIS);
    }

    /**
     * Counts an event of a key. Kinds of which the rule is not change nothing.
     *
     * @param at when it occurred, milliseconds UTC
     * @return the last judgements of hours that it has made too old for others, then what is to be said of its own hour now;
     *     mostly none, and not all too high. One that is not the last and not too high takes nothing back
     */
    public List<Judgement> count(Hours hours, EventKind kind, long at) {
        boolean isOf = kind == terms.getOf();
        boolean isAmong = kind == terms.getAmong();
        return isOf || isAmong ? add(hours, Hours.number(at), isOf ? 1 : 0, isAmong ? 1 : 0) : List.of();
    }

    /**
     * Counts several events of an hour of a key at once; see {@link #count}.
     *
     * @param number of the hour
     * @param of what is counted
     * @param among what it is counted among
     */
    public List<Judgement> add(Hours hours, long number, long of, long among) {
        long open = hours.isEmpty() ? number : firstOpen(hours);
        long ofBefore = hours.of(number);
        long amongBefore = hours.among(number);
        hours.add(number, of, among);
        List<Judgement> judgements = new ArrayList<>(0);
        long nowOpen = firstOpen(hours);
        if (nowOpen > open) {
            lastOf(hours, open, nowOpen, judgements);
        }
        hours.forgetBefore(nowOpen - HISTORY);
        if (number >= nowOpen && isPeek(hours, number, ofBefore, amongBefore)) {
            judge(hours, number, peekZ(hours.among(number)), false).ifPresent(judgements::add);
        }
        return judgements;
    }

    /**
     * Judges the hours that are complete: those whose end is the lateness ago, as far as events have not made them too old.
     *
     * @param reached how far the input has come, milliseconds UTC; {@link Long#MAX_VALUE} at its end
     */
    public List<Judgement> complete(Hours hours, long reached) {
        List<Judgement> judgements = new ArrayList<>(0);
        if (!hours.isEmpty()) {
            long before = reached == Long.MAX_VALUE ? reached : Hours.number(reached - lateness);
            lastOf(hours, firstOpen(hours), before, judgements);
        }
        return judgements;
    }

    /** When an hour is complete, milliseconds UTC: the lateness after its end. */
    public long completeAt(long hour) {
        return Hours.start(hour + 1) + lateness;
    }

    /** When nothing that is kept of a key says anything more, milliseconds UTC: a week after its last hour is complete. */
    public long forgottenAt(Hours hours) {
        return completeAt(hours.newest() + HISTORY);
    }

    private void lastOf(Hours hours, long from, long before, List<Judgement> to) {
        for (long number : hours.between(from, before)) {
            judge(hours, number, terms.getRobustZ(), true).ifPresent(to::add);
        }
    }

    /** The first hour whose whole history is kept, and on which there was no last word by a later event. */
    private long firstOpen(Hours hours) {
        return hours.newest() - lateHours;
    }

    private Optional<Judgement> judge(Hours hours, long number, double z, boolean last) {
        long among = hours.among(number);
        if (among < terms.getAtLeast()) {
            return Optional.empty();
        }
        return History.of(hours, number, terms).map(history -> history.judge(number, hours.of(number), among, z, last));
    }

    /** Whether an hour is looked at after what came: when there is enough of it, then when it has passed a round count. */
    private boolean isPeek(Hours hours, long number, long ofBefore, long amongBefore) {
        if (hours.among(number) < terms.getAtLeast()) {
            return false;
        }
        return amongBefore < terms.getAtLeast() || round(hours.of(number)) > ofBefore;
    }

    /** The largest round count up to one: of 1 to 8, 10, 12, 14, 16, 20, 24, 28, 32, 40 and so on, with three binary digits. */
    static long round(long count) {
        int dropped = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(count) - 3);
        return count >> dropped << dropped;
    }

    /**
     * So many scales are too many for an hour that may not be complete. The chance to exceed z falls as {@code exp(-z²/2)}; with
     * {@code 2 ln(2 m (m + 1))} more in z² it is {@code 2 m (m + 1)} times smaller, m being 1 up to twice {@code at_least}, 2 up
     * to four times, and so on. The sum of these over all m is half the chance of the whole hour, however large it gets.
     */
    double peekZ(long among) {
        double doublings = Long.SIZE - Long.numberOfLeadingZeros(among / terms.getAtLeast());
        double z = terms.getRobustZ();
        return Math.sqrt(z * z + 2 * Math.log(2 * doublings * (doublings + 1)));
    }
}
