package io.weir.fraud.watch;

import io.weir.fraud.rule.Limit;
import io.weir.fraud.rule.Rule;
import io.weir.fraud.watch.Watched.Seen;
import io.weir.schemas.RuleKind;
import io.weir.schemas.RuleMeasure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much of a key there is in a window that ends with an event: an event breaks a limit {@code moreThan in window} if with it
 * there are more than so many in the window, itself and those at most {@code window - 1} milliseconds before it. Later events can
 * only break more limits, never fewer; so the order in which they come changes when something is found, not what.
 */
final class Velocity {

    /** At least so many of a key's last events are kept, and four times its largest limit: that is how far out of order. */
    private static final int LEAST_KEPT = 64;

    /** Of a key's events that may be taken back: each some 50 bytes, and of a longer burst an alert keeps its start. */
    private static final int MOST_TAKEN_BACK = 128;

    /** Of what is added up in tenths of a window: 200 of them, which bounds a key. */
    private static final int MOST_WINDOWS = 20;

    private final Rule rule;
    private final Watched watched;
    private final List<Sighting> judged = new ArrayList<>();
    private final List<Long> withdrawn = new ArrayList<>();

    Velocity(Rule rule, Watched watched) {
        this.rule = rule;
        this.watched = watched;
    }

    /** Events on which there is now a verdict, and was none before. */
    List<Sighting> judged() {
        return judged;
    }

    /** Starts of alerts of which nothing is left, or which are now part of one that begins at another time. */
    List<Long> withdrawn() {
        return withdrawn;
    }

    /**
     * Takes in an event.
     *
     * @param amount what of it is added up, or counted as different
     * @param lateness what is older than the newest event by more than this and the longest window is forgotten, milliseconds
     */
    void take(Sighting event, Object amount, long lateness) {
        if (rule.largestLimit() == 0 && rule.keepsEvents()) {
            Limit longest = longest(rule.limits());
            breaks(event, new Breach(rule.limits().get(0), event.at(), event.at() + longest.window(), 0));
            judged.add(event);
        } else if (rule.keepsEvents()) {
            count(event);
            watched.cut(mostKept(), newest() - rule.longestWindow() - lateness);
        } else {
            addUp(event, amount, lateness);
        }
    }

    /** An event breaks the rule by itself. The last are kept where they may be taken back. */
    void broke(Sighting event) {
        if (rule.kind() == RuleKind.SEQUENCE) {
            int place = watched.insert(event);
            if (place < 0) {
                return;
            }
            watched.events().get(place).breaks();
            watched.events().get(place).judge();
            watched.cut(MOST_TAKEN_BACK, Long.MIN_VALUE);
        }
        breaks(event, byItself(event));
    }

    /** An event did not break the rule after all. */
    void didNotBreak(Sighting event) {
        withdrawn.addAll(watched.didNotBreak(event, Velocity::byItself));
    }

    private static Breach byItself(Sighting event) {
        return new Breach(Rule.NOTHING, event.at(), event.at() + Rule.NOTHING.window(), 0);
    }

    private int mostKept() {
        return (int) Math.max(LEAST_KEPT, 4 * rule.largestLimit());
    }

    private long newest() {
        List<Seen> events = watched.events();
        return events.get(events.size() - 1).at();
    }

    private void count(Sighting event) {
        if (watched.isBeforeKept(event, rule.longestWindow())) {
            takeOlder(event);
            return;
        }
        int place = watched.insert(event);
        if (place < 0) {
            return;
        }
        List<Seen> events = watched.events();
        long end = event.at() + rule.longestWindow();
        for (int i = place; i < events.size() && events.get(i).at() < end; i++) {
            judge(i);
        }
    }

    /** Of its time so many events were left out that what was found of them is found of it. */
    private void takeOlder(Sighting event) {
        Limit limit = rule.limits().get(0);
        if (watched.isBreakingAt(event.at())) {
            breaks(event, new Breach(limit, event.at(), event.at() + limit.window(), 0));
            judged.add(event);
        }
    }

    private void judge(int place) {
        Seen seen = watched.events().get(place);
        List<Limit> broken =
                rule.limits().stream().filter(limit -> isBroken(limit, place)).toList();
        if (broken.isEmpty()) {
            return;
        }
        Limit shown =
                broken.stream().min(Comparator.comparingLong(Limit::moreThan)).orElseThrow();
        long first = watched.events().get(place - (int) shown.moreThan()).at();
        Breach breach = new Breach(shown, first, seen.at() + longest(broken).window(), 0);
        if (seen.broke()) {
            withdrawn.addAll(watched.extend(seen.at(), breach));
        } else {
            seen.breaks();
            breaks(seen.sighting(), breach);
        }
        if (seen.judge()) {
            judged.add(seen.sighting());
        }
        if (rule.terms().getIncludeBefore()) {
            judgeBefore(place, longest(broken));
        }
    }

    private boolean isBroken(Limit limit, int place) {
        long before = place - limit.moreThan();
        if (before < 0) {
            return false;
        }
        List<Seen> events = watched.events();
        return events.get(place).at() - events.get((int) before).at() < limit.window();
    }

    private void judgeBefore(int place, Limit limit) {
        List<Seen> events = watched.events();
        long at = events.get(place).at();
        for (int i = place - 1; i >= 0 && at - events.get(i).at() < limit.window(); i--) {
            if (events.get(i).judge()) {
                judged.add(events.get(i).sighting());
            }
        }
    }

    private static Limit longest(List<Limit> limits) {
        return limits.stream()
                .reduce((a, b) -> a.window() >= b.window() ? a : b)
                .orElseThrow();
    }

    private void breaks(Sighting event, Breach breach) {
        withdrawn.addAll(watched.broke(event, breach));
    }

    private void addUp(Sighting event, Object amount, long lateness) {
        Limit limit = rule.limits().get(0);
        Buckets buckets = watched.buckets();
        long total;
        if (rule.terms().getMeasure() == RuleMeasure.DISTINCT) {
            buckets.add(event.at(), limit.window(), (String) amount);
            total = buckets.mostValues(event.at(), limit.window());
        } else {
            buckets.add(event.at(), limit.window(), (Long) amount);
            total = buckets.largestSum(event.at(), limit.window());
        }
        if (total > limit.moreThan()) {
            breaks(event, new Breach(limit, event.at(), event.at() + limit.window(), total));
            judged.add(event);
        }
        long kept = Math.min(2 * limit.window() + lateness, MOST_WINDOWS * limit.window());
        buckets.forgetBefore(buckets.newest(limit.window()) - kept, limit.window());
    }
}
