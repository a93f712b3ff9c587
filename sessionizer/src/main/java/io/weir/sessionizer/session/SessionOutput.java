package io.weir.sessionizer.session;

import java.util.List;

/** Where changes of sessions go. */
public interface SessionOutput {

    /** A record of a session is to be written. */
    void changed(String visitor, SessionChange change);

    /** An event has named customers whom no other event of its session has. */
    void seenAs(String visitor, List<CustomerSpan> customers);

    /**
     * An event out of order has moved the boundaries of sessions.
     *
     * @param first start of the first session that may have changed, milliseconds UTC
     * @param last end of the last one
     * @param customers all of what is in between
     */
    void regrouped(String visitor, long first, long last, List<CustomerSpan> customers);
}
