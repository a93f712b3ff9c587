package io.weir.fraud.watch;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time in which a key broke a rule again and again: one alert. Each event that breaks the rule covers the time
 * until the longest of the limits that it breaks would have let go of it; what overlaps is one episode. So the episodes of
 * a key follow from its events alone, in whatever order they came. Mutable.
 *
 * <pre>
 * signed   start, first, last, until, touched (millis), varint events, signed most, allowed, varint window
 * varint   ids, and each as a text
 * 1 byte   1 opened, 2 closed, 4 was closed before; signed measure that was said last; signed when it may be said next (millis)
 * </pre>
 */
final class Episode {

    private static final int MOST_IDS = 20;
    private static final int OPENED = 1;
    private static final int CLOSED = 2;
    private static final int REOPENED = 4;

    private long start;
    private long first;
    private long last;
    private long until;
    private long touched;
    private long events;
    private long most;
    private long allowed;
    private long window;
    private final List<String> ids = new ArrayList<>();

    private boolean opened;
    private boolean closed;
    private boolean reopened;
    private long said;
    private long sayNextAt;

    private Episode() {}

    /** An event broke the rule. */
    static Episode of(Sighting event, Breach breach) {
        Episode episode = new Episode();
        episode.start = event.at();
        episode.last = event.at();
        episode.first = breach.first();
        episode.until = breach.until();
        episode.events = 1;
        episode.most = breach.total();
        episode.allowed = breach.limit().moreThan();
        episode.window = breach.limit().window();
        episode.ids.add(event.eventId());
        return episode;
    }

    boolean overlaps(Episode other) {
        return start < other.until && other.start < until;
    }

    boolean covers(long at) {
        return start <= at && at < until;
    }

    /** Takes in one that it overlaps and that does not begin before it; what was said of this one stays said. */
    void merge(Episode later) {
        first = Math.min(first, later.first);
        last = Math.max(last, later.last);
        // One that was over goes on, also if it measures no more than before.
        reopened |= later.closed || later.reopened || (closed && later.until > until);
        closed &= later.until <= until;
        until = Math.max(until, later.until);
        touched = Math.max(touched, later.touched);
        events += later.events;
        most = Math.max(most, later.most);
        // It begins as another alert, and is not said more often for that.
        sayNextAt = Math.max(sayNextAt, later.sayNextAt);
        if (start == later.start && later.allowed < allowed) {
            allowed = later.allowed;
            window = later.window;
        }
        later.ids.stream()
                .filter(id -> ids.size() < MOST_IDS && !ids.contains(id))
                .forEach(ids::add);
    }

    /** An event of it came, milliseconds UTC. */
    void touched(long now) {
        touched = Math.max(touched, now);
    }

    /** The time after which nothing can join it: of what came very late, when it came, since more of its kind may be on the way. */
    long forgottenAt(long lateness) {
        return Math.max(until, touched) + lateness;
    }

    /** An event of it breaks more limits than was known. */
    void extend(long at, Breach breach) {
        until = Math.max(until, breach.until());
        first = Math.min(first, breach.first());
        if (start == at && breach.limit().moreThan() < allowed) {
            allowed = breach.limit().moreThan();
            window = breach.limit().window();
        }
    }

    /** One event did not break the rule after all. */
    void remove(String id) {
        events--;
        ids.remove(id);
    }

    /** What was said of it under another shape stays said. */
    void wasSaid(Episode before) {
        touched = Math.max(touched, before.touched);
        opened = before.opened;
        closed = before.closed;
        reopened = before.reopened;
        said = before.said;
        sayNextAt = before.sayNextAt;
    }

    /** It is what is left of another, under another start, and is not said more often for that. */
    void follows(Episode before) {
        touched = Math.max(touched, before.touched);
        reopened = before.closed || before.reopened;
        sayNextAt = before.sayNextAt;
    }

    /** How many events broke the rule. */
    long events() {
        return events;
    }

    /** What was measured: the largest sum, or all events that were counted. */
    long measured() {
        return most > 0 ? most : events == 0 ? 0 : allowed + events;
    }

    boolean isEmpty() {
        return events == 0;
    }

    long start() {
        return start;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    long until() {
        return until;
    }

    long allowed() {
        return allowed;
    }

    long window() {
        return window;
    }

    List<String> ids() {
        return List.copyOf(ids);
    }

    boolean isOpened() {
        return opened;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether there is something that was not said yet. */
    boolean isChanged() {
        return !opened || said != measured();
    }

    /** Whether all of it was said, and that it is over. */
    boolean isSaid() {
        return closed && !isChanged();
    }

    /** Whether it is to be said that it is over: if that was said before, no more often than anything else. */
    boolean isOver(long end, long reached, long now) {
        boolean first = !closed && !reopened;
        return end <= reached && !isSaid() && (first || now >= sayNextAt);
    }

    /** When that may be, milliseconds UTC. */
    long overAt(long end) {
        return closed || reopened ? Math.max(end, sayNextAt) : end;
    }

    long sayNextAt() {
        return sayNextAt;
    }

    /** It was said; again not before a time, milliseconds UTC. */
    void said(long nextAt, boolean over) {
        opened = true;
        closed = over;
        said = measured();
        sayNextAt = nextAt;
    }

    void write(ByteWriter out) {
        out.signed(start).signed(first).signed(last).signed(until).signed(touched);
        out.varint(events);
        out.signed(most).signed(allowed).varint(window).varint(ids.size());
        ids.forEach(out::text);
        out.put((opened ? OPENED : 0) | (closed ? CLOSED : 0) | (reopened ? REOPENED : 0))
                .signed(said)
                .signed(sayNextAt);
    }

    static Episode read(ByteReader in) {
        Episode episode = new Episode();
        episode.start = in.signed();
        episode.first = in.signed();
        episode.last = in.signed();
        episode.until = in.signed();
        episode.touched = in.signed();
        episode.events = in.varint();
        episode.most = in.signed();
        episode.allowed = in.signed();
        episode.window = in.varint();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            episode.ids.add(in.text());
        }
        int flags = in.next();
        episode.opened = (flags & OPENED) != 0;
        episode.closed = (flags & CLOSED) != 0;
        episode.reopened = (flags & REOPENED) != 0;
        episode.said = in.signed();
        episode.sayNextAt = in.signed();
        return episode;
    }
}
