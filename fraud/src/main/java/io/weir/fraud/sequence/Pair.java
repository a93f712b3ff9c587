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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came first, such as an impression, and what followed it, such as its click: what is wrong with the second follows from
 * the times of both, in whatever order they came. Mutable.
 *
 * <pre>
 * signed   when it is looked at next, millis; 0 for never
 * varint   times of the first, and each as a signed number (millis)
 * signed   last follower that was left out (millis); 0 for none
 * varint   followers, and each: the sighting, 1 byte (1 waits, 2 is faulty, 4 was judged); of one that was judged varint version of
 *          the rule that found it faulty, signed time of the last verdict (millis)
 * </pre>
 */
final class Pair {

    /** The last so many: of what a visitor clicks again and again the click before the purchase counts. */
    private static final int MOST_FIRST = 16;
    /** So many followers are kept: each of a burst writes them again, 80 bytes each. */
    private static final int MOST_FOLLOWERS = 16;

    /** So many wait for their first: those of ten seconds, or of a whole recording. */
    private static final int MOST_WAITING = 1_024;

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
    private long leftOutAt;
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
        if (followers.size() >= MOST_FOLLOWERS) {
            leaveOutOne();
        }
        followers.add(new Follower(sighting));
        followers.sort(Comparator.comparing(Follower::sighting, Sighting.IN_ORDER));
    }

    /** The earliest that does not wait for its first any more; where all do, the earliest of very many. */
    private void leaveOutOne() {
        Optional<Follower> settled =
                followers.stream().filter(follower -> !follower.waits).findFirst();
        if (settled.isPresent()) {
            leaveOut(settled.get());
        } else if (followers.size() >= MOST_WAITING) {
            leaveOut(followers.get(0));
        }
    }

    /** What comes next must know when it was: of two so near to each other the second is repeated. */
    private void leaveOut(Follower follower) {
        followers.remove(follower);
        leftOutAt = Math.max(leftOutAt, follower.sighting.at());
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
        boolean leftOut = leftOutAt != 0 && leftOutAt <= at && at - leftOutAt <= atMost;
        return kept || leftOut;
    }

    /** The last time of all that is known, milliseconds UTC; empty if there is nothing. */
    OptionalLong lastAt() {
        long last = first.isEmpty() ? Long.MIN_VALUE : first.last();
        for (Follower follower : followers) {
            last = Math.max(last, follower.sighting.at());
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
        out.signed(leftOutAt).varint(followers.size());
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
        pair.leftOutAt = in.signed();
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
