package io.weir.sessionizer;

import io.weir.schemas.CloseCause;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Session;
import io.weir.schemas.SessionStatus;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the sessions of a set of events are, written a second time and as plainly as can be: sort, cut, add up. It shares
 * no code with what it checks. Ids, revisions and merges are not among what it says.
 */
public final class NaiveSessions {

    /** The rules, each 0, false or null where it is off. */
    public record Policy(
            long gap, long maxDuration, long maxEvents, boolean campaign, boolean customer, ZoneId midnight) {}

    private NaiveSessions() {}

    /** The final sessions, by visitor and start. */
    public static List<Session> of(List<Event> events, Policy policy) {
        Map<String, List<Event>> byVisitor = new TreeMap<>();
        for (Event event : events) {
            byVisitor
                    .computeIfAbsent(event.getVisitorId(), v -> new ArrayList<>())
                    .add(event);
        }
        List<Session> sessions = new ArrayList<>();
        for (List<Event> mine : byVisitor.values()) {
            mine.sort(Comparator.comparing(Event::getOccurredAt).thenComparing(Event::getEventId));
            int start = 0;
            for (int i = 1; i <= mine.size(); i++) {
                CloseCause end =
                        i == mine.size() ? CloseCause.INACTIVITY : end(mine.subList(start, i), mine.get(i), policy);
                if (end != null) {
                    sessions.add(sum(mine.subList(start, i), end));
                    start = i;
                }
            }
        }
        return sessions;
    }

    /** The final sessions at the end of a recorded input: one that still could have gone on was ended by that. */
    public static List<Session> ended(List<Event> events, Policy policy) {
        List<Session> sessions = of(events, policy);
        long largest = events.stream().mapToLong(NaiveSessions::millis).max().orElseThrow();
        for (Session session : sessions) {
            boolean inactive = largest - session.getLastEventAt().toEpochMilli() > policy.gap;
            if (session.getCloseCause() == CloseCause.INACTIVITY && !inactive) {
                session.setCloseCause(CloseCause.END_OF_INPUT);
            }
        }
        return sessions;
    }

    private static CloseCause end(List<Event> session, Event next, Policy policy) {
        Event last = session.get(session.size() - 1);
        if (millis(next) - millis(last) > policy.gap) {
            return CloseCause.INACTIVITY;
        }
        String customer = null;
        String campaign = null;
        for (Event event : session) {
            customer = event.getCustomerId() != null ? event.getCustomerId() : customer;
            campaign = campaign(event) != null ? campaign(event) : campaign;
        }
        String nextCustomer = next.getCustomerId();
        if (policy.customer && nextCustomer != null && customer != null && !nextCustomer.equals(customer)) {
            return CloseCause.CUSTOMER_CHANGE;
        }
        if (policy.campaign && campaign(next) != null && !campaign(next).equals(campaign)) {
            return CloseCause.CAMPAIGN;
        }
        if (policy.midnight != null
                && !session.get(0)
                        .getOccurredAt()
                        .atZone(policy.midnight)
                        .toLocalDate()
                        .equals(next.getOccurredAt().atZone(policy.midnight).toLocalDate())) {
            return CloseCause.MIDNIGHT;
        }
        if (policy.maxDuration > 0 && millis(next) - millis(session.get(0)) > policy.maxDuration) {
            return CloseCause.MAX_DURATION;
        }
        return policy.maxEvents > 0 && session.size() >= policy.maxEvents ? CloseCause.MAX_EVENTS : null;
    }

    private static Session sum(List<Event> events, CloseCause cause) {
        Event first = events.get(0);
        Event last = events.get(events.size() - 1);
        Session session = new Session();
        session.setSessionId("");
        session.setVisitorId(first.getVisitorId());
        session.setStatus(SessionStatus.CLOSED);
        session.setCloseCause(cause);
        session.setMergedFrom(List.of());
        session.setStartedAt(first.getOccurredAt());
        session.setLastEventAt(last.getOccurredAt());
        session.setDurationMs(millis(last) - millis(first));
        session.setEventCount(events.size());
        session.setReferrer(first.getPage() == null ? null : first.getPage().getReferrer());
        session.setAcquisition(first.getAcquisition());
        session.setClient(first.getClient());
        Map<String, Long> counts = new TreeMap<>();
        Map<String, Long> revenue = new TreeMap<>();
        Set<String> paths = new HashSet<>();
        for (Event event : events) {
            counts.merge(event.getKind().toString(), 1L, Long::sum);
            if (event.getCustomerId() != null) {
                session.setCustomerId(event.getCustomerId());
            }
            if (event.getKind() == EventKind.page_view && event.getPage() != null) {
                String path = event.getPage().getPath();
                paths.add(path);
                session.setEntryPage(session.getEntryPage() == null ? path : session.getEntryPage());
                session.setExitPage(path);
            }
            if (event.getPurchase() != null) {
                long micros = event.getPurchase().getAmountMicros();
                revenue.merge(event.getPurchase().getCurrency(), micros, Long::sum);
                session.setPurchases(session.getPurchases() + (micros >= 0 ? 1 : 0));
            }
            if (event.getClient() != null && event.getClient().getIsBot()) {
                session.setIsBot(true);
            }
        }
        session.setCounts(counts);
        session.setRevenueMicros(revenue);
        session.setPageViews(counts.getOrDefault("page_view", 0L));
        session.setDistinctPages(Math.min(1000, paths.size()));
        long others = events.size() - session.getPageViews() - counts.getOrDefault("impression", 0L);
        session.setBounce(session.getPageViews() == 1 && others == 0);
        session.setEngaged(
                session.getDurationMs() > 10_000 || session.getPageViews() >= 2 || session.getPurchases() > 0);
        return session;
    }

    private static String campaign(Event event) {
        if (event.getAcquisition() == null || event.getAcquisition().getCampaign() == null) {
            return null;
        }
        return event.getAcquisition().getCampaign().isEmpty()
                ? null
                : event.getAcquisition().getCampaign();
    }

    private static long millis(Event event) {
        return event.getOccurredAt().toEpochMilli();
    }
}
