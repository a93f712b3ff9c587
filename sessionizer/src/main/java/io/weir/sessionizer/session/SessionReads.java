package io.weir.sessionizer.session;

import io.weir.core.state.DueStore;
import io.weir.core.state.DueStore.Due;
import io.weir.schemas.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
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
     * Open sessions of any visitors, those that will close first before the others, more or less. What is read is in
     * proportion to the open sessions and to those whose retention ends soon, not to all.
     *
     * @param limit so many at most
     */
    public List<Session> active(int limit) {
        List<Session> open = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> byTime = timers.all()) {
            while (byTime.hasNext() && open.size() < limit) {
                KeyValue<Bytes, byte[]> entry = byTime.next();
                Due timer = DueStore.due(entry.key);
                VisitorSessions atHand = find(timer.id());
                if (atHand != null && timer.at() == atHand.closeAt()) {
                    atHand.sessions().removeIf(session -> !session.isOpen());
                    open.addAll(records(timer.id(), atHand.sessions()));
                }
            }
        }
        return open.size() > limit ? List.copyOf(open.subList(0, limit)) : open;
    }

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
