package io.weir.sessionizer.session;

import io.weir.core.state.ByteStores;
import io.weir.core.state.DueStore;
import io.weir.core.state.DueStore.Due;
import io.weir.core.state.StoreNote;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The sessions of all visitors of one task: what is at hand, what is older, and when to look at them again. An event
 * costs one read and one write; an event that falls into an older session, and the end of a session, cost a few more.
 */
public final class SessionBook {

    /** No end: nothing is ever removed. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    /** When to look at which visitor again. */
    static final String TIMERS = "session-timers";

    private static final StoreNote TIMERS_NOTE = new StoreNote(
            TIMERS,
            "time that is due (8 bytes), visitor id (UTF-8)",
            "one byte",
            "until it is due: to close a session, then to remove it",
            "5 MB (one timer for each visitor within retention)",
            "no: written four times for each session, read in order");

    private final SessionRules rules;
    private final long retention;
    private final SessionStep step;
    private final SessionStore sessions;
    private final OlderSessionStore older;
    private final DueStore timers;
    private final OpenVisitors open;

    /**
     * Opens the stores of a task.
     *
     * @param rules what begins a new session
     * @param retentionMillis how long after its last event a closed session is kept, or {@link #FOR_EVER}
     */
    public SessionBook(SessionRules rules, long retentionMillis, ProcessorContext<?, ?> context) {
        this.rules = rules;
        this.retention = retentionMillis;
        this.step = new SessionStep(rules);
        SessionCodec codec = new SessionCodec();
        this.sessions = new SessionStore(store(context, SessionStore.NAME), codec);
        this.older = new OlderSessionStore(store(context, OlderSessionStore.NAME), codec);
        this.timers = new DueStore(store(context, TIMERS));
        this.open = new OpenVisitors(store(context, ClockStore.NAME));
    }

    /** What a processor that uses it must be connected to. */
    public static List<StoreBuilder<? extends StateStore>> stores() {
        return List.of(
                SessionStore.builder(),
                OlderSessionStore.builder(),
                ByteStores.persistent(TIMERS),
                TaskClock.builder());
    }

    /** What those stores hold. */
    public static List<StoreNote> notes() {
        return List.of(SessionStore.NOTE, OlderSessionStore.NOTE, TIMERS_NOTE, TaskClock.note());
    }

    static KeyValueStore<Bytes, byte[]> store(ProcessorContext<?, ?> context, String name) {
        return context.getStateStore(name);
    }

    /** Visitors with an open session. */
    public long open() {
        return open.count();
    }

    /**
     * Adds an event.
     *
     * @param history asked only if a rule may split and the event is not the visitor's last
     */
    public void add(String visitor, SessionEvent event, EventHistory history, SessionOutput out) {
        VisitorSessions mine = sessions.take(visitor);
        if (mine == null) {
            mine = new VisitorSessions();
        } else if (mine.olderUntil() > 0 && event.at() - rules.gapMillis() <= mine.olderUntil()) {
            bringBack(visitor, mine, event);
        }
        boolean regroups = rules.canSplit() && !mine.endsBefore(event.mark());
        step.add(mine, event, history, change -> out.changed(visitor, change));
        if (regroups) {
            tellRegrouped(visitor, mine, event, out);
        } else if (event.customer() != null) {
            tellNewCustomer(visitor, mine, event, out);
        }
        while (mine.sessions().size() > VisitorSessions.AT_HAND) {
            older.put(visitor, mine.putAway());
        }
        setTimers(visitor, mine);
        sessions.put(visitor, mine);
    }

    /** A customer whom no other event of the session has named: it is not known until then, and not told until the end. */
    private static void tellNewCustomer(String visitor, VisitorSessions mine, SessionEvent event, SessionOutput out) {
        for (SessionState session : mine.sessions()) {
            for (CustomerSpan span : session.totals().customers()) {
                if (span.first() == event.at() && span.last() == event.at()) {
                    out.seenAs(visitor, List.of(span));
                }
            }
        }
    }

    /** What is at hand from the event on is all there is. */
    private void tellRegrouped(String visitor, VisitorSessions mine, SessionEvent event, SessionOutput out) {
        List<SessionState> renewed = mine.sessions().stream()
                .filter(session -> session.lastEventAt() >= event.at() - rules.gapMillis())
                .toList();
        List<CustomerSpan> spans = renewed.stream()
                .flatMap(session -> session.totals().customers().stream())
                .toList();
        long last = renewed.get(renewed.size() - 1).lastEventAt();
        out.regrouped(visitor, renewed.get(0).startedAt(), last, spans);
    }

    /** Rules that split may regroup all that follows an event; without them it touches no more than its neighbours. */
    private void bringBack(String visitor, VisitorSessions mine, SessionEvent event) {
        long startsUntil = rules.canSplit() ? Long.MAX_VALUE : event.at() + rules.gapMillis();
        older.take(visitor, event.at() - rules.gapMillis(), startsUntil).forEach(mine::insert);
    }

    /**
     * Closes sessions whose gap the clock has passed, and removes those whose retention it has.
     *
     * @param clock milliseconds UTC
     * @param most looks at so many visitors, and leaves the others to the next call
     */
    public void advance(long clock, int most, SessionOutput out) {
        for (Due timer : timers.take(clock, most)) {
            String visitor = timer.id();
            VisitorSessions mine = sessions.take(visitor);
            if (mine == null) {
                continue;
            }
            boolean closes = timer.at() == mine.closeAt();
            boolean expires = timer.at() == mine.expireAt();
            if (closes) {
                noTimer(mine);
                close(visitor, mine, list -> step.close(list, clock, change -> out.changed(visitor, change)));
            }
            if (expires) {
                expire(visitor, mine, clock);
            }
            if (closes || expires) {
                setTimers(visitor, mine);
                sessions.put(visitor, mine);
            }
        }
    }

    /**
     * Closes every session: there are no more events.
     *
     * @param largestEventTime of all events, milliseconds UTC
     * @param most looks at so many visitors at once
     * @return whether nothing is left
     */
    public boolean end(long largestEventTime, int most, SessionOutput out) {
        List<Due> all = timers.take(Long.MAX_VALUE, most);
        for (Due timer : all) {
            String visitor = timer.id();
            VisitorSessions mine = sessions.take(visitor);
            if (mine != null && timer.at() == mine.closeAt()) {
                noTimer(mine);
                close(visitor, mine, list -> step.end(list, largestEventTime, change -> out.changed(visitor, change)));
                sessions.put(visitor, mine);
            }
        }
        return all.isEmpty();
    }

    private void close(String visitor, VisitorSessions mine, Consumer<List<SessionState>> closing) {
        if (mine.olderOpen()) {
            List<SessionState> before = older.all(visitor);
            List<SessionState> after = new ArrayList<>(before);
            closing.accept(after);
            after.removeAll(before);
            after.forEach(session -> older.put(visitor, session));
            before.removeIf(session -> !session.isOpen());
            mine.older(mine.olderUntil(), before.size() > after.size());
        }
        closing.accept(mine.sessions());
    }

    private void expire(String visitor, VisitorSessions mine, long clock) {
        long endedBefore = clock - retention;
        mine.expireAt(0);
        mine.sessions().removeIf(session -> !session.isOpen() && session.lastEventAt() < endedBefore);
        if (mine.olderUntil() > 0) {
            SessionState stays = older.expire(visitor, endedBefore);
            if (stays == null) {
                mine.older(0, false);
            } else {
                mine.expireAt(Math.max(stays.lastEventAt() + retention, clock));
                timers.set(mine.expireAt(), visitor);
            }
        }
    }

    /** The timer that closes sessions is gone: whoever still has an open one is given another. */
    private void noTimer(VisitorSessions mine) {
        mine.closeAt(0);
        open.changed(false);
    }

    /** A timer that is set already is left where it is, unless something is due before it. */
    private void setTimers(String visitor, VisitorSessions mine) {
        if (mine.olderOpen() && mine.closeAt() == 0) {
            older.all(visitor).forEach(session -> setTimer(visitor, mine, session));
        }
        for (SessionState session : mine.sessions()) {
            setTimer(visitor, mine, session);
        }
    }

    private void setTimer(String visitor, VisitorSessions mine, SessionState session) {
        if (session.isOpen()) {
            long due = session.lastEventAt() + rules.gapMillis();
            if (mine.closeAt() == 0 || due < mine.closeAt()) {
                if (mine.closeAt() == 0) {
                    open.changed(true);
                }
                mine.closeAt(due);
                timers.set(due, visitor);
            }
        } else if (retention != FOR_EVER && mine.expireAt() == 0) {
            mine.expireAt(session.lastEventAt() + retention);
            timers.set(mine.expireAt(), visitor);
        }
    }
}
