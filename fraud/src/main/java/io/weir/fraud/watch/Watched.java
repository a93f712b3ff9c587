package io.weir.fraud.watch;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is kept of a key of a rule: its last events in the order of time, or sums in buckets of time, and its episodes.
 * Mutable.
 *
 * <pre>
 * signed   when it is looked at next, millis; 0 for never
 * 1 byte   1: earlier events were left out, 2: has buckets
 * signed   time of the last that was left out, millis; only if any was
 * varint   events, and each: 1 byte (1 broke the rule, 2 has a verdict), then the sighting; of one that has its verdict only
 *          signed time after the one before it and texts id and visitor, since nothing more will be said of it
 * varint   episodes, and each
 * buckets  if there are any
 * </pre>
 */
final class Watched {

    private static final int CUT = 1;
    private static final long NEVER = Long.MIN_VALUE;
    private static final int BUCKETS = 2;
    private static final int BROKE = 1;
    private static final int JUDGED = 2;

    /** An event of the key. */
    static final class Seen {
        private final Sighting sighting;
        private boolean broke;
        private boolean judged;

        Seen(Sighting sighting) {
            this.sighting = sighting;
        }

        Sighting sighting() {
            return sighting;
        }

        long at() {
            return sighting.at();
        }

        boolean broke() {
            return broke;
        }

        void breaks() {
            broke = true;
        }

        /** Whether this is the first verdict on it. */
        boolean judge() {
            boolean first = !judged;
            judged = true;
            return first;
        }
    }

    private static final Comparator<Seen> IN_ORDER = Comparator.comparing(Seen::sighting, Sighting.IN_ORDER);

    private final List<Seen> events = new ArrayList<>();
    private final List<Episode> episodes = new ArrayList<>();
    private Buckets buckets = new Buckets();
    /** Of the last event that was left out because there were so many, milliseconds UTC. */
    private long cutAt = NEVER;

    private long lookAt;

    /** Puts an event in its place. Returns the place; -1 if it is there already. */
    int insert(Sighting sighting) {
        Seen seen = new Seen(sighting);
        int found = Collections.binarySearch(events, seen, IN_ORDER);
        if (found >= 0) {
            return -1;
        }
        events.add(-found - 1, seen);
        return -found - 1;
    }

    /** Begins with the events of another. */
    void carry(Watched other) {
        events.addAll(other.events);
        cutAt = other.cutAt;
    }

    List<Seen> events() {
        return Collections.unmodifiableList(events);
    }

    /** Leaves out the earliest: all but so many, and those before a time, milliseconds UTC. */
    void cut(int most, long before) {
        int count = Math.max(0, events.size() - most);
        cutAt = count > 0 ? events.get(count - 1).at() : cutAt;
        while (count < events.size() && events.get(count).at() < before) {
            count++;
        }
        events.subList(0, count).clear();
    }

    /** Whether events that would count with an event, in a window of so many milliseconds, were left out because there were so many. */
    boolean isBeforeKept(Sighting sighting, long window) {
        return cutAt != NEVER
                && sighting.at() - cutAt < window
                && (events.isEmpty() || Sighting.IN_ORDER.compare(sighting, events.get(0).sighting) < 0);
    }

    Buckets buckets() {
        return buckets;
    }

    List<Episode> episodes() {
        return episodes;
    }

    /** Leaves out the earliest that are closed: all but so many. Of one that is left out a late event would make another alert. */
    void leaveOutClosed(int most) {
        while (episodes.size() > most && episodes.get(0).isSaid()) {
            episodes.remove(0);
        }
    }

    /** Whether the key was breaking the rule at a time, milliseconds UTC. */
    boolean isBreakingAt(long at) {
        return episodes.stream().anyMatch(episode -> episode.covers(at));
    }

    /**
     * An event broke the rule.
     *
     * @return starts of alerts that were opened and are now part of one that begins at another time
     */
    List<Long> broke(Sighting event, Breach breach) {
        episodes.add(Episode.of(event, breach));
        return join();
    }

    /** As {@link #broke}: an event that had broken the rule breaks it by more. */
    List<Long> extend(long at, Breach breach) {
        episodes.stream().filter(episode -> episode.covers(at)).forEach(episode -> episode.extend(at, breach));
        return join();
    }

    /**
     * An event did not break the rule after all. Its episode becomes what it had been without it, where all its events are kept; else it
     * has one less.
     *
     * @param alone how an event breaks the rule by itself
     * @return starts of alerts that were opened, and of which nothing is left or which begin at another time
     */
    List<Long> didNotBreak(Sighting event, Function<Sighting, Breach> alone) {
        boolean kept = events.removeIf(seen -> Sighting.IN_ORDER.compare(seen.sighting, event) == 0);
        Optional<Episode> of =
                episodes.stream().filter(episode -> episode.covers(event.at())).findFirst();
        if (of.isEmpty()) {
            return List.of();
        }
        Episode before = of.get();
        List<Seen> others =
                events.stream().filter(seen -> before.covers(seen.at())).toList();
        List<Episode> left = new ArrayList<>();
        if (kept && others.size() == before.events() - 1) {
            others.forEach(seen -> add(left, Episode.of(seen.sighting, alone.apply(seen.sighting))));
        } else if (before.events() > 1) {
            before.remove(event.eventId());
            left.add(before);
        }
        boolean goesOn = !left.isEmpty() && left.get(0).start() == before.start();
        left.stream().filter(episode -> !episode.equals(before)).forEach(episode -> episode.follows(before));
        if (goesOn) {
            left.get(0).wasSaid(before);
        }
        episodes.addAll(episodes.indexOf(before), left);
        episodes.remove(before);
        return before.isOpened() && !goesOn ? List.of(before.start()) : List.of();
    }

    private static void add(List<Episode> episodes, Episode later) {
        Episode last = episodes.isEmpty() ? null : episodes.get(episodes.size() - 1);
        if (last != null && last.overlaps(later)) {
            last.merge(later);
        } else {
            episodes.add(later);
        }
    }

    private List<Long> join() {
        List<Long> withdrawn = new ArrayList<>();
        episodes.sort(Comparator.comparingLong(Episode::start));
        for (int i = 1; i < episodes.size(); i++) {
            Episode earlier = episodes.get(i - 1);
            Episode later = episodes.get(i);
            if (earlier.overlaps(later)) {
                earlier.merge(later);
                if (later.isOpened() && later.start() != earlier.start()) {
                    withdrawn.add(later.start());
                }
                episodes.remove(i--);
            }
        }
        return withdrawn;
    }

    /** Time of the last event that is kept, milliseconds UTC; {@link Long#MIN_VALUE} if there is none. */
    long lastAt(long window) {
        if (!buckets.isEmpty()) {
            return buckets.newest(window);
        }
        return events.isEmpty() ? Long.MIN_VALUE : events.get(events.size() - 1).at();
    }

    /** Forgets what was counted; episodes stay. */
    void forgetEvents() {
        events.clear();
        buckets = new Buckets();
        cutAt = NEVER;
    }

    long lookAt() {
        return lookAt;
    }

    void lookAt(long due) {
        lookAt = due;
    }

    boolean isEmpty() {
        return events.isEmpty() && episodes.isEmpty() && buckets.isEmpty();
    }

    byte[] encode(ByteWriter out) {
        out.signed(lookAt).put((cutAt == NEVER ? 0 : CUT) | (buckets.isEmpty() ? 0 : BUCKETS));
        if (cutAt != NEVER) {
            out.signed(cutAt);
        }
        out.varint(events.size());
        long before = 0;
        for (Seen seen : events) {
            out.put((seen.broke ? BROKE : 0) | (seen.judged ? JUDGED : 0));
            if (seen.judged) {
                out.signed(seen.at() - before).text(seen.sighting.eventId()).text(seen.sighting.visitor());
            } else {
                seen.sighting.write(out);
            }
            before = seen.at();
        }
        out.varint(episodes.size());
        episodes.forEach(episode -> episode.write(out));
        if (!buckets.isEmpty()) {
            buckets.write(out);
        }
        return out.take();
    }

    static Watched decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Watched watched = new Watched();
        watched.lookAt = in.signed();
        int flags = in.next();
        watched.cutAt = (flags & CUT) == 0 ? NEVER : in.signed();
        int count = in.count();
        long before = 0;
        for (int i = 0; i < count; i++) {
            int state = in.next();
            boolean judged = (state & JUDGED) != 0;
            Seen seen =
                    new Seen(judged ? Sighting.told(before + in.signed(), in.text(), in.text()) : Sighting.read(in));
            before = seen.at();
            seen.broke = (state & BROKE) != 0;
            seen.judged = judged;
            watched.events.add(seen);
        }
        int episodes = in.count();
        for (int i = 0; i < episodes; i++) {
            watched.episodes.add(Episode.read(in));
        }
        if ((flags & BUCKETS) != 0) {
            watched.buckets = Buckets.read(in);
        }
        return watched;
    }
}
