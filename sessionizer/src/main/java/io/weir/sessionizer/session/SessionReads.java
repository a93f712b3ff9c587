package io.weir.sessionizer.session;

import io.weir.core.state.DueStore;
import io.weir.core.state.DueStore.Due;
import io.weir.schemas.Session;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads sessions, for queries. Each answer is the session's latest record, brought up to the last event. Safe for one
 * thread; cheap to make.
 */
public final class SessionReads {

    /** Stores to open, each with bytes as keys and values. */
    public static final String SESSIONS = SessionStore.NAME;

    public static final String RECENT = OlderSessionStore.NAME;

    public static final String TIMERS = SessionBook.TIMERS;

    private final ReadOnlyKeyValueStore<Bytes, byte[]> sessions;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> recent;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> timers;
    private final SessionCodec codec = new SessionCodec();

    /** Over the stores of that name, of one task or of all tasks of this instance. */
    public SessionReads(
            ReadOnlyKeyValueStore<Bytes, byte[]> sessions,
            ReadOnlyKeyValueStore<Bytes, byte[]> recent,
            ReadOnlyKeyValueStore<Bytes, byte[]> timers) {
        this.sessions = sessions;
        this.recent = recent;
        this.timers = timers;
    }

    /** A visitor's open and recent sessions, by start. */
    public List<Session> of(String visitor) {
        VisitorSessions atHand = find(visitor);
        if (atHand == null) {
            return List.of();
        }
        if (atHand.olderUntil() > 0) {
            OlderSessionStore.all(recent, codec, visitor).forEach(atHand::insert);
        }
        return records(visitor, atHand.sessions());
    }

    /** The session of this id, if it is open or recent and was not absorbed. */
    public Optional<Session> byId(String sessionId) {
        return SessionId.parse(sessionId)
                .flatMap(named -> of(named.visitor()).stream()
                        .filter(session -> session.getSessionId().equals(sessionId))
                        .findFirst());
    }

    /** A visitor's open sessions, by start. */
    public List<Session> active(String visitor) {
        return of(visitor).stream().filter(SessionReads::isOpen).toList();
    }

    /**
     * Open sessions of any visitors, those that will close first before the others. A session closes when its timer is due, or later: so
     * what is read is in proportion to those that are shown and to those whose retention ends before, not to all.
     *
     * @param limit so many at most
     * @param gap after which a session closes, milliseconds
     * @param latest no session closes after it, milliseconds UTC
     */
    public List<Session> active(int limit, long gap, long latest) {
        PriorityQueue<Open> first = new PriorityQueue<>(BY_CLOSE.reversed());
        try (KeyValueIterator<Bytes, byte[]> byTime = timers.all()) {
            while (byTime.hasNext()) {
                Due timer = DueStore.due(byTime.next().key);
                boolean full =
                        first.size() >= limit && timer.at() > first.element().lastAt() + gap;
                if (full || timer.at() > latest) {
                    break;
                }
                VisitorSessions atHand = find(timer.id());
                if (atHand != null && timer.at() == atHand.closeAt()) {
                    addOpen(timer.id(), atHand, first);
                    while (first.size() > limit) {
                        first.remove();
                    }
                }
            }
        }
        return first.stream()
                .sorted(BY_CLOSE)
                .map(open -> SessionRecords.of(open.visitor(), open.session()))
                .toList();
    }

    private void addOpen(String visitor, VisitorSessions atHand, Collection<Open> open) {
        if (atHand.olderOpen()) {
            OlderSessionStore.all(recent, codec, visitor).forEach(atHand::insert);
        }
        atHand.sessions().stream()
                .filter(SessionState::isOpen)
                .forEach(session -> open.add(new Open(visitor, session)));
    }

    /** A session that is open. */
    private record Open(String visitor, SessionState session) {

        long lastAt() {
            return session.lastEventAt();
        }
    }

    private static final Comparator<Open> BY_CLOSE = Comparator.comparingLong(Open::lastAt)
            .thenComparing(Open::visitor)
            .thenComparing(open -> open.session().startedAt());

    private VisitorSessions find(String visitor) {
        byte[] value = sessions.get(SessionStore.key(visitor));
        return value == null ? null : codec.decode(value);
    }

    private static boolean isOpen(Session session) {
        return session.getCloseCause() == null;
    }

    private static List<Session> records(String visitor, List<SessionState> sessions) {
        return sessions.stream()
                .map(session -> SessionRecords.of(visitor, session))
                .toList();
    }
}
