package io.weir.sessionizer.session;

import io.weir.schemas.SessionStatus;

/**
 * One record to be written: a session after a change.
 *
 * @param session the session; its revision is {@code session.records() - 1}, this record counted
 * @param status why it is written
 * @param mergedInto the session that absorbed it, if status is MERGED; else null
 */
public record SessionChange(SessionState session, SessionStatus status, SessionId mergedInto) {}
