package io.weir.sessionizer.session;

import io.weir.schemas.CloseCause;
import io.weir.schemas.SessionStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The step of a visitor's sessions: one event more, or time has passed. Pure. The sessions that come of a set of events
 * do not depend on the order in which they were added; what was written on the way does.
 *
 * <p>An event that touches no session (no event of one is within the gap of it) opens one. One that touches a session
 * extends it: an open one silently, a closed one with a REVISED record; a closed session is never opened again. One that
 * touches two joins them. The session with the earlier start survives and stays what it was:
 *
 * <table>
 * <caption>Records of a merge</caption>
 * <tr><th>survivor (earlier)</th><th>absorbed (later)</th><th>records</th></tr>
 * <tr><td>open</td><td>open</td><td>MERGED</td></tr>
 * <tr><td>open</td><td>closed</td><td>MERGED; the survivor is CLOSED when the clock passes its last event</td></tr>
 * <tr><td>closed</td><td>open</td><td>MERGED, REVISED; each further event is a REVISED</td></tr>
 * <tr><td>closed</td><td>closed</td><td>MERGED, REVISED</td></tr>
 * </table>
 */
public final class SessionStep {

    private final SessionRules rules;
    private final Regrouping regrouping;

    /** @param rules what begins a new session */
    public SessionStep(SessionRules rules) {
        this.rules = rules;
        this.regrouping = new Regrouping(rules);
    }

    /**
     * Adds an event.
     *
     * @param visitor the visitor's sessions: every one that the event may touch and, with rules that split, every later
     *     one; changed in place
     * @param event the event
     * @param history asked only if a rule may split and the event is not the visitor's last
     * @param out takes what is to be written, in order
     */
    public void add(VisitorSessions visitor, SessionEvent event, EventHistory history, Consumer<SessionChange> out) {
        if (rules.canSplit()) {
            addWithRules(visitor, event, history, out);
            return;
        }
        List<SessionState> sessions = visitor.sessions();
        int first = 0;
        while (first < sessions.size() && sessions.get(first).lastEventAt() + rules.gapMillis() < event.at()) {
            first++;
        }
        int end = first;
        while (end < sessions.size() && sessions.get(end).startedAt() - rules.gapMillis() <= event.at()) {
            end++;
        }
        if (first == end) {
            open(sessions, first, new SessionId(event.at(), 1), event, out);
        } else {
            join(sessions.subList(first, end), event, out);
        }
    }

    private void addWithRules(
            VisitorSessions visitor, SessionEvent event, EventHistory history, Consumer<SessionChange> out) {
        if (visitor.endsBefore(event.mark())) {
            append(visitor, event, out);
        } else {
            regrouping.add(visitor, event, history, out);
        }
    }

    /** The visitor's last event so far: nothing before it changes but by its end. */
    private void append(VisitorSessions visitor, SessionEvent event, Consumer<SessionChange> out) {
        List<SessionState> sessions = visitor.sessions();
        int newest = sessions.size() - 1;
        if (newest < 0 || event.at() - sessions.get(newest).lastEventAt() > rules.gapMillis()) {
            open(sessions, newest + 1, new SessionId(event.at(), 1), event, out);
            return;
        }
        SessionState session = sessions.get(newest);
        Optional<CloseCause> split = rules.split(session.totals(), event);
        if (split.isEmpty()) {
            join(sessions.subList(newest, newest + 1), event, out);
        } else {
            if (session.cause() != split.get()) {
                sessions.set(newest, close(session, split.get(), out));
            }
            boolean sameMillisecond = session.lastEventAt() == event.at();
            SessionId id = sameMillisecond ? visitor.nextPart(event.at()) : new SessionId(event.at(), 1);
            open(sessions, newest + 1, id, event, out);
        }
    }

    /** Ends a session: CLOSED, or REVISED where it has been said to be closed before. */
    static SessionState close(SessionState session, CloseCause cause, Consumer<SessionChange> out) {
        SessionStatus status = session.announced() ? SessionStatus.REVISED : SessionStatus.CLOSED;
        SessionState closed = session.endedBy(cause).written();
        out.accept(new SessionChange(closed, status, null));
        return closed;
    }

    /**
     * Ends every open session whose gap the clock has passed.
     *
     * @param sessions changed in place
     * @param clock milliseconds UTC
     * @param out takes what is to be written, in order
     */
    public void close(List<SessionState> sessions, long clock, Consumer<SessionChange> out) {
        for (int i = 0; i < sessions.size(); i++) {
            SessionState session = sessions.get(i);
            if (session.isOpen() && isPast(session, clock)) {
                sessions.set(i, close(session, CloseCause.INACTIVITY, out));
            }
        }
    }

    /**
     * Ends every open session, because there will be no more events.
     *
     * @param sessions changed in place
     * @param largestEventTime of all events, milliseconds UTC: it decides the cause
     * @param out takes what is to be written, in order
     */
    public void end(List<SessionState> sessions, long largestEventTime, Consumer<SessionChange> out) {
        for (int i = 0; i < sessions.size(); i++) {
            SessionState session = sessions.get(i);
            if (session.isOpen()) {
                boolean past = isPast(session, largestEventTime);
                sessions.set(i, close(session, past ? CloseCause.INACTIVITY : CloseCause.END_OF_INPUT, out));
            }
        }
    }

    private boolean isPast(SessionState session, long clock) {
        return clock - session.lastEventAt() > rules.gapMillis();
    }

    private static void open(
            List<SessionState> sessions, int place, SessionId id, SessionEvent event, Consumer<SessionChange> out) {
        sessions.add(place, opened(SessionState.opening(id, SessionTotals.of(event)), out));
    }

    static SessionState opened(SessionState session, Consumer<SessionChange> out) {
        SessionState opened = session.written();
        out.accept(new SessionChange(opened, SessionStatus.OPENED, null));
        return opened;
    }

    /** Makes one session of those that an event touches, and leaves that one in their place. */
    private static void join(List<SessionState> touched, SessionEvent event, Consumer<SessionChange> out) {
        SessionState survivor = touched.get(0);
        SessionTotals totals = survivor.totals().and(event);
        for (SessionState absorbed : touched.subList(1, touched.size())) {
            totals = totals.and(absorbed.totals());
            survivor = survivor.absorbing(absorbed);
            merged(absorbed, survivor.id(), out);
        }
        SessionState joined = revised(survivor.with(totals), out);
        touched.clear();
        touched.add(joined);
    }

    static void merged(SessionState absorbed, SessionId into, Consumer<SessionChange> out) {
        out.accept(new SessionChange(absorbed.written(), SessionStatus.MERGED, into));
    }

    /** After a change: REVISED if it had been said to be closed, silence otherwise. */
    static SessionState revised(SessionState session, Consumer<SessionChange> out) {
        if (!session.announced()) {
            return session;
        }
        SessionState revised = session.written();
        out.accept(new SessionChange(revised, SessionStatus.REVISED, null));
        return revised;
    }
}
