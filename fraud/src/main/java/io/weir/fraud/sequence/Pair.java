package io.weir.fraud.sequence;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.fraud.watch.Sighting;
import io.weir.schemas.RuleFault;
import io.weir.schemas.RuleSequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What came first, such as an impression, and what followed it, such as its click: what is wrong with the second follows from
 * the times of both, in whatever order they came. What was repeated stays so whatever else comes: of such a follower only the time is
 * kept, in runs. Mutable.
 *
 * <pre>
 * signed   when it is looked at next, millis; 0 for never
 * varint   times of the first, and each as a signed number (millis)
 * varint   runs of followers that were left out, and each: signed begin, varint length (millis)
 * varint   followers, and each: the sighting, 1 byte (1 waits, 2 is faulty, 4 was judged); of one that was judged varint version of
 *          the rule that found it faulty, signed time of the last verdict (millis)
 * </pre>
 */
final class Pair {

    /** The last so many: of what a visitor clicks again and again the click before the purchase counts. */
    private static final int MOST_FIRST = 16;
    /** Followers that are kept once they were judged: each that comes writes them again, 80 bytes each. */
    private static final int MOST_FOLLOWERS = 64;

    /** Runs that are kept. Each ends further from the next than {@code at_most}, so these are days of clicks on one impression. */
    private static final int MOST_RUNS = 64;

    private static final int WAITS = 1;
    private static final int FAULTY = 2;
    private static final int JUDGED = 4;

    /** What followed. */
    static final class Follower {
        private final Sighting sighting;
        private boolean waits = true;
        private boolean faulty;
        private long foundBy;
        private long decidedAt = Long.MIN_VALUE;

        Follower(Sighting sighting) {
            this.sighting = sighting;
        }

        Sighting sighting() {
            return sighting;
        }

        /** Whether it is not said yet that nothing came before it, since that may only be late. */
        boolean waits() {
            return waits;
        }

        void isDue() {
            waits = false;
        }

        /** Whether it was said to be faulty. */
        boolean isFaulty() {
            return faulty;
        }

        /** Version of the rule that found it faulty. */
        long foundBy() {
            return foundBy;
        }

        /**
         * It is faulty, or not any more. Of two verdicts of one rule at one time the one that finds more would count, so each is
         * dated later than the one before.
         *
         * @param version of the rule
         * @param now milliseconds UTC
         * @return what the verdict is dated, milliseconds UTC
         */
        long decide(boolean isFaulty, long version, long now) {
            faulty = isFaulty;
            foundBy = isFaulty ? version : foundBy;
            decidedAt = decidedAt == Long.MIN_VALUE ? now : Math.max(now, decidedAt + 1);
            return decidedAt;
        }
    }

    private final TreeSet<Long> first = new TreeSet<>();
    private final List<Follower> followers = new ArrayList<>();
    /** Begin to end of each run: from one of its followers to the next it is {@code at_most} or less. */
    private final TreeMap<Long, Long> leftOut = new TreeMap<>();

    private long lookAt;

    /** Something came first. */
    void first(long at) {
        first.add(at);
        if (first.size() > MOST_FIRST) {
            // Not one that a follower is judged by.
            Set<Long> needed = new HashSet<>();
            followers.forEach(follower -> needed.add(first.floor(follower.sighting.at())));
            first.stream().filter(time -> !needed.contains(time)).findFirst().ifPresent(first::remove);
        }
    }

    /** Something followed; the same again changes nothing. */
    void followed(Sighting sighting) {
        if (followers.stream().anyMatch(one -> one.sighting.equals(sighting))) {
            return;
        }
        followers.add(new Follower(sighting));
        followers.sort(Comparator.comparing(Follower::sighting, Sighting.IN_ORDER));
    }

    /**
     * The one that cannot wait for its first any longer, since too many do; never the earliest, which alone may be an honest one.
     *
     * @param most so many may wait
     */
    Optional<Follower> waitsTooLong(int most) {
        return followers.size() > most
                ? followers.stream().skip(1).filter(Follower::waits).findFirst()
                : Optional.empty();
    }

    /** Leaves out, once all were judged, those that nothing can change any more, and of very many others the earliest but one. */
    void leaveOutJudged(RuleSequence expected) {
        if (expected.getFaults().contains(RuleFault.REPEATED)) {
            followers.stream()
                    .filter(follower -> isRepeated(follower, expected.getAtMostMs()))
                    .toList()
                    .forEach(follower -> leaveOut(follower, expected));
        }
        while (followers.size() > MOST_FOLLOWERS) {
            Optional<Follower> settled = followers.stream()
                    .skip(1)
                    .filter(follower -> !follower.waits)
                    .findFirst();
            if (settled.isEmpty()) {
                return;
            }
            leaveOut(settled.get(), expected);
        }
    }

    /** What comes next must know when it was: of two so near to each other the second is repeated. */
    void leaveOut(Follower follower, RuleSequence expected) {
        followers.remove(follower);
        if (expected.getFaults().contains(RuleFault.REPEATED)) {
            long atMost = expected.getAtMostMs();
            long begin = follower.sighting.at();
            long end = begin;
            Map.Entry<Long, Long> before = leftOut.floorEntry(begin);
            if (before != null && begin - before.getValue() <= atMost) {
                begin = before.getKey();
                end = Math.max(end, before.getValue());
            }
            Map.Entry<Long, Long> after = leftOut.higherEntry(begin);
            while (after != null && after.getKey() - end <= atMost) {
                end = Math.max(end, after.getValue());
                leftOut.remove(after.getKey());
                after = leftOut.higherEntry(begin);
            }
            leftOut.put(begin, end);
            if (leftOut.size() > MOST_RUNS) {
                leftOut.pollFirstEntry();
            }
        }
    }

    List<Follower> followers() {
        return Collections.unmodifiableList(followers);
    }

    /** Whether anything is wrong with a follower, as far as is known. */
    boolean isWrong(Follower follower, RuleSequence expected) {
        List<RuleFault> faults = expected.getFaults();
        if (faults.contains(RuleFault.REPEATED) && isRepeated(follower, expected.getAtMostMs())) {
            return true;
        }
        Long before = first.floor(follower.sighting.at());
        boolean tooOld = before != null
                && expected.getAtMostMs() != null
                && follower.sighting.at() - before > expected.getAtMostMs();
        if (tooOld && faults.contains(RuleFault.TOO_OLD)) {
            return true;
        }
        // What is older than is remembered is as if it had never been, also where it happens to be remembered still.
        if (before == null || tooOld) {
            return faults.contains(RuleFault.MISSING) && !follower.waits;
        }
        return faults.contains(RuleFault.TOO_SOON) && follower.sighting.at() - before < expected.getAtLeastMs();
    }

    private boolean isRepeated(Follower follower, long atMost) {
        int place = followers.indexOf(follower);
        long at = follower.sighting.at();
        boolean kept = place > 0 && at - followers.get(place - 1).sighting.at() <= atMost;
        // One of the same time that was left out may come after it; if it came before, both have the same before them.
        Map.Entry<Long, Long> run = leftOut.lowerEntry(at);
        return kept || (run != null && at - run.getValue() <= atMost);
    }

    /** The last time of all that is known, milliseconds UTC; empty if there is nothing. */
    OptionalLong lastAt() {
        long last = first.isEmpty() ? Long.MIN_VALUE : first.last();
        for (Follower follower : followers) {
            last = Math.max(last, follower.sighting.at());
        }
        if (!leftOut.isEmpty()) {
            last = Math.max(last, leftOut.lastEntry().getValue());
        }
        return last == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(last);
    }

    long lookAt() {
        return lookAt;
    }

    void lookAt(long due) {
        lookAt = due;
    }

    byte[] encode(ByteWriter out) {
        out.signed(lookAt).varint(first.size());
        first.forEach(out::signed);
        out.varint(leftOut.size());
        leftOut.forEach((begin, end) -> out.signed(begin).varint(end - begin));
        out.varint(followers.size());
        for (Follower follower : followers) {
            follower.sighting.write(out);
            boolean judged = follower.decidedAt != Long.MIN_VALUE;
            out.put((follower.waits ? WAITS : 0) | (follower.faulty ? FAULTY : 0) | (judged ? JUDGED : 0));
            if (judged) {
                out.varint(follower.foundBy).signed(follower.decidedAt);
            }
        }
        return out.take();
    }

    static Pair decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Pair pair = new Pair();
        pair.lookAt = in.signed();
        int times = in.count();
        for (int i = 0; i < times; i++) {
            pair.first.add(in.signed());
        }
        int runs = in.count();
        for (int i = 0; i < runs; i++) {
            long begin = in.signed();
            pair.leftOut.put(begin, begin + in.varint());
        }
        int followers = in.count();
        for (int i = 0; i < followers; i++) {
            Follower follower = new Follower(Sighting.read(in));
            int flags = in.next();
            follower.waits = (flags & WAITS) != 0;
            follower.faulty = (flags & FAULTY) != 0;
            if ((flags & JUDGED) != 0) {
                follower.foundBy = in.varint();
                follower.decidedAt = in.signed();
            }
            pair.followers.add(follower);
        }
        return pair;
    }
}
