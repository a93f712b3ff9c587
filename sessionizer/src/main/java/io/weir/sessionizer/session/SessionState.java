package io.weir.sessionizer.session;

import io.weir.schemas.CloseCause;
import java.util.ArrayList;
import java.util.List;

/**
 * A session as it stands. Immutable.
 *
 * @param id which one
 * @param records number of records written of it so far, which is the revision of the next
 * @param announced whether it was said to be closed: from then on every change is a revision
 * @param cause what ended it; null while nothing has, also for a session that was announced as closed by a rule which an
 *     out-of-order event has made void
 * @param absorbed the sessions that it absorbed
 * @param totals what its events add up to
 */
public record SessionState(
        SessionId id,
        int records,
        boolean announced,
        CloseCause cause,
        List<SessionId> absorbed,
        SessionTotals totals) {

    static SessionState opening(SessionId id, SessionTotals totals) {
        return new SessionState(id, 0, false, null, List.of(), totals);
    }

    /** Time of the first event, milliseconds UTC. */
    public long startedAt() {
        return totals.startedAt();
    }

    /** Time of the last event, milliseconds UTC. */
    public long lastEventAt() {
        return totals.lastEventAt();
    }

    /** Whether nothing has ended it yet. */
    public boolean isOpen() {
        return cause == null;
    }

    SessionState written() {
        return new SessionState(id, records + 1, announced, cause, absorbed, totals);
    }

    SessionState with(SessionTotals changed) {
        return new SessionState(id, records, announced, cause, absorbed, changed);
    }

    SessionState endedBy(CloseCause end) {
        return new SessionState(id, records, announced || end != null, end, absorbed, totals);
    }

    SessionState absorbing(SessionState other) {
        List<SessionId> all = new ArrayList<>(absorbed);
        all.add(other.id);
        all.addAll(other.absorbed);
        return new SessionState(id, records, announced, cause, List.copyOf(all), totals);
    }
}
