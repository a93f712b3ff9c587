package io.weir.sessionizer.session;

import io.weir.schemas.EventKind;
import io.weir.schemas.Session;
import io.weir.schemas.SessionStatus;
import java.time.Instant;
import java.util.List;

/** Sessions as the topic has them. */
public final class SessionRecords {

    private SessionRecords() {}

    /**
     * The record of a change.
     *
     * @param visitor whose session it is
     */
    public static Session of(String visitor, SessionChange change) {
        return of(visitor, change.session(), change.status(), change.mergedInto());
    }

    /**
     * The last record written of a session, up to date; what a query answers.
     *
     * @param visitor whose session it is
     */
    public static Session of(String visitor, SessionState session) {
        return of(visitor, session, standing(session), null);
    }

    private static SessionStatus standing(SessionState session) {
        if (!session.announced()) {
            return SessionStatus.OPENED;
        }
        // OPENED and CLOSED are the first two records of an id; whatever is written after them is a revision.
        return session.records() > 2 ? SessionStatus.REVISED : SessionStatus.CLOSED;
    }

    private static Session of(String visitor, SessionState session, SessionStatus status, SessionId mergedInto) {
        SessionTotals totals = session.totals();
        FirstTouch.Parts touch = totals.touch().parts();
        Session record = new Session();
        record.setSessionId(session.id().of(visitor));
        record.setVisitorId(visitor);
        record.setCustomerId(value(totals.customer()));
        record.setStatus(status);
        record.setRevision(session.records() - 1);
        record.setCloseCause(session.cause());
        record.setMergedInto(mergedInto == null ? null : mergedInto.of(visitor));
        record.setMergedFrom(ids(visitor, session.absorbed()));
        record.setStartedAt(Instant.ofEpochMilli(totals.startedAt()));
        record.setLastEventAt(Instant.ofEpochMilli(totals.lastEventAt()));
        record.setDurationMs(totals.durationMillis());
        record.setEventCount(totals.counts().total());
        record.setCounts(totals.counts().byName());
        record.setPageViews(totals.counts().of(EventKind.page_view));
        record.setDistinctPages(totals.pages().size());
        record.setEntryPage(value(totals.entry()));
        record.setExitPage(value(totals.exit()));
        record.setReferrer(touch.referrer());
        record.setAcquisition(touch.acquisition());
        record.setClient(touch.client());
        record.setPurchases(totals.takings().purchases());
        record.setRevenueMicros(totals.takings().revenue());
        record.setBounce(totals.isBounce());
        record.setEngaged(totals.isEngaged());
        record.setIsBot(totals.bot());
        return record;
    }

    private static List<String> ids(String visitor, List<SessionId> ids) {
        return ids.stream().map(id -> id.of(visitor)).toList();
    }

    private static String value(Marked marked) {
        return marked == null ? null : marked.value();
    }
}
