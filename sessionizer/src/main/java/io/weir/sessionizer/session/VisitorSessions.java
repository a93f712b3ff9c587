package io.weir.sessionizer.session;

import java.util.ArrayList;
import java.util.List;

/**
 * A visitor's sessions at hand, and what is known of the older ones that are kept elsewhere. A working copy: it is read
 * from a store, changed by one step, and written back.
 */
public final class VisitorSessions {

    /**
     * So many sessions stay at hand: the one that events go to, and the one before it, for events that come a little
     * late. The value of a visitor who has had a thousand visits is as small as that of one who has had two.
     */
    static final int AT_HAND = 2;

    private final List<SessionState> sessions;
    private int parts;
    private long closeAt;
    private long expireAt;
    private long olderUntil;
    private boolean olderOpen;

    /** Of a visitor never seen. */
    public VisitorSessions() {
        this(new ArrayList<>(AT_HAND + 1), 1, 0, 0, 0, false);
    }

    VisitorSessions(
            List<SessionState> sessions, int parts, long closeAt, long expireAt, long olderUntil, boolean olderOpen) {
        this.sessions = sessions;
        this.parts = parts;
        this.closeAt = closeAt;
        this.expireAt = expireAt;
        this.olderUntil = olderUntil;
        this.olderOpen = olderOpen;
    }

    /** The sessions at hand by start; to be changed in place. */
    public List<SessionState> sessions() {
        return sessions;
    }

    /** Highest part of any session id given out so far. */
    int parts() {
        return parts;
    }

    /** An id that no session of the visitor has or had, which names the session that it is a part of. */
    SessionId nextPart(long openedAt) {
        parts++;
        return new SessionId(openedAt, parts);
    }

    /** When the timer that closes sessions is due, milliseconds UTC; 0 if none is set. Never later than needed. */
    long closeAt() {
        return closeAt;
    }

    void closeAt(long due) {
        closeAt = due;
    }

    /** When the timer that removes old sessions is due, milliseconds UTC; 0 if none is set. */
    long expireAt() {
        return expireAt;
    }

    void expireAt(long due) {
        expireAt = due;
    }

    /** No session kept elsewhere ends later than this, milliseconds UTC; 0 if there is none. */
    long olderUntil() {
        return olderUntil;
    }

    /** Whether one of the sessions kept elsewhere is open. */
    boolean olderOpen() {
        return olderOpen;
    }

    /** Takes the oldest session off, to be kept elsewhere. */
    SessionState putAway() {
        SessionState oldest = sessions.remove(0);
        olderUntil = Math.max(olderUntil, oldest.lastEventAt());
        olderOpen |= oldest.isOpen();
        return oldest;
    }

    /** After all of the older ones were looked through: what is left of them. */
    void older(long until, boolean open) {
        olderUntil = until;
        olderOpen = open;
    }

    boolean isEmpty() {
        return sessions.isEmpty() && olderUntil == 0;
    }

    /** Whether every event so far is before this one. */
    boolean endsBefore(Mark mark) {
        return sessions.isEmpty()
                || sessions.get(sessions.size() - 1).totals().last().isBefore(mark);
    }

    void insert(SessionState session) {
        int place = sessions.size();
        while (place > 0
                && session.totals()
                        .first()
                        .isBefore(sessions.get(place - 1).totals().first())) {
            place--;
        }
        sessions.add(place, session);
    }
}
