package io.weir.sessionizer.session;

import io.weir.schemas.CloseCause;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a visitor's next event begins a new session.
 *
 * @param gapMillis a longer silence does; one of exactly this length does not
 * @param maxDurationMillis an event farther than this from the session's first does; 0 for no limit
 * @param maxEvents an event beyond so many does; 0 for no limit
 * @param splitOnCampaign whether a campaign does that is not the session's last
 * @param splitOnCustomerChange whether a customer does that is not the session's last known
 * @param midnight zone at whose midnight a new session begins; null for none
 */
public record SessionRules(
        long gapMillis,
        long maxDurationMillis,
        long maxEvents,
        boolean splitOnCampaign,
        boolean splitOnCustomerChange,
        ZoneId midnight) {

    /** Inactivity alone. */
    public static SessionRules inactivity(long gapMillis) {
        return new SessionRules(gapMillis, 0, 0, false, false, null);
    }

    /** Whether anything but inactivity begins a new session. */
    public boolean canSplit() {
        return maxDurationMillis > 0 || maxEvents > 0 || splitOnCampaign || splitOnCustomerChange || midnight != null;
    }

    /** Whether an event after the session's last, and within the gap of it, begins a new session; and why. */
    Optional<CloseCause> split(SessionTotals session, SessionEvent next) {
        if (splitOnCustomerChange && differs(next.customer(), session.customer(), true)) {
            return Optional.of(CloseCause.CUSTOMER_CHANGE);
        }
        if (splitOnCampaign && differs(next.campaign(), session.campaign(), false)) {
            return Optional.of(CloseCause.CAMPAIGN);
        }
        if (midnight != null && !day(session.startedAt()).equals(day(next.at()))) {
            return Optional.of(CloseCause.MIDNIGHT);
        }
        if (maxDurationMillis > 0 && next.at() - session.startedAt() > maxDurationMillis) {
            return Optional.of(CloseCause.MAX_DURATION);
        }
        if (maxEvents > 0 && session.counts().total() >= maxEvents) {
            return Optional.of(CloseCause.MAX_EVENTS);
        }
        return Optional.empty();
    }

    private static boolean differs(String next, Marked last, boolean unlessUnknown) {
        if (next == null) {
            return false;
        }
        return last == null ? !unlessUnknown : !next.equals(last.value());
    }

    private LocalDate day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), midnight);
    }
}
