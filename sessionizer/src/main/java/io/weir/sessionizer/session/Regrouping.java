package io.weir.sessionizer.session;

import io.weir.schemas.CloseCause;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an event out of order does where rules may split: the events from the session on into which it falls are grouped
 * anew, until a session begins again where one began before. A group keeps the id of the earliest session that began in
 * it and absorbs the others that did; a group in which none began is what was cut off the one before it.
 */
final class Regrouping {

    private final SessionRules rules;

    Regrouping(SessionRules rules) {
        this.rules = rules;
    }

    /** Events between two boundaries, and the rule that made the second one; null for a silence. */
    private record Group(SessionTotals totals, CloseCause end) {}

    /** Groups, and the first of the visitor's sessions that they leave as it is. */
    private record Groups(List<Group> groups, int untouched) {}

    void add(VisitorSessions visitor, SessionEvent event, EventHistory history, Consumer<SessionChange> out) {
        List<SessionState> sessions = visitor.sessions();
        int from = firstTouched(sessions, event);
        boolean leads = from == sessions.size()
                || event.mark().isBefore(sessions.get(from).totals().first());
        Mark start = leads ? event.mark() : sessions.get(from).totals().first();
        Groups found = group(sessions, from, start, event.mark(), history.since(start.at()));
        List<SessionState> old = List.copyOf(sessions.subList(from, found.untouched()));
        List<SessionState> renewed = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < found.groups().size(); i++) {
            Group group = found.groups().get(i);
            int end = next;
            while (end < old.size() && (i == found.groups().size() - 1 || begins(old.get(end), group))) {
                end++;
            }
            if (next == end) {
                SessionId id = renewed.isEmpty()
                        ? idOfOpening(visitor, from, event)
                        : visitor.nextPart(renewed.get(renewed.size() - 1).id().openedAt());
                renewed.add(opened(id, group, out));
            } else {
                renewed.add(survivor(old.subList(next, end), group, out));
            }
            next = end;
        }
        sessions.subList(from, found.untouched()).clear();
        sessions.addAll(from, renewed);
    }

    /** The session into which the event falls, or else the first after it. */
    private int firstTouched(List<SessionState> sessions, SessionEvent event) {
        int before = sessions.size() - 1;
        while (before >= 0
                && event.mark().isBefore(sessions.get(before).totals().first())) {
            before--;
        }
        boolean within = before >= 0 && event.at() - sessions.get(before).lastEventAt() <= rules.gapMillis();
        return within ? before : before + 1;
    }

    private Groups group(
            List<SessionState> sessions, int from, Mark start, Mark added, Iterator<SessionEvent> history) {
        List<Group> groups = new ArrayList<>();
        SessionTotals totals = null;
        int next = from;
        while (history.hasNext()) {
            SessionEvent event = history.next();
            Mark mark = event.mark();
            if (mark.isBefore(start)) {
                continue;
            }
            while (next < sessions.size() && sessions.get(next).totals().first().isBefore(mark)) {
                next++;
            }
            boolean silence = totals != null && event.at() - totals.lastEventAt() > rules.gapMillis();
            Optional<CloseCause> split = totals == null || silence ? Optional.empty() : rules.split(totals, event);
            if (totals != null && (silence || split.isPresent())) {
                groups.add(new Group(totals, split.orElse(null)));
                totals = null;
                boolean asBefore = next < sessions.size()
                        && sessions.get(next).totals().first().equals(mark);
                if (asBefore && added.isBefore(mark)) {
                    return new Groups(groups, next);
                }
            }
            totals = totals == null ? SessionTotals.of(event) : totals.and(event);
        }
        if (totals != null) {
            groups.add(new Group(totals, null));
        }
        return new Groups(groups, sessions.size());
    }

    private static boolean begins(SessionState session, Group group) {
        return !group.totals().last().isBefore(session.totals().first());
    }

    /** The plain id, unless another event of the same millisecond may have opened a session under it. */
    private static SessionId idOfOpening(VisitorSessions visitor, int place, SessionEvent event) {
        List<SessionState> sessions = visitor.sessions();
        boolean shared = (place > 0 && sessions.get(place - 1).lastEventAt() == event.at())
                || (place < sessions.size() && sessions.get(place).startedAt() == event.at());
        return shared ? visitor.nextPart(event.at()) : new SessionId(event.at(), 1);
    }

    private static SessionState opened(SessionId id, Group group, Consumer<SessionChange> out) {
        SessionState opened = SessionStep.opened(SessionState.opening(id, group.totals()), out);
        return group.end() == null ? opened : SessionStep.close(opened, group.end(), out);
    }

    private static SessionState survivor(List<SessionState> begun, Group group, Consumer<SessionChange> out) {
        SessionState before = begun.get(0);
        SessionState survivor = before;
        for (SessionState absorbed : begun.subList(1, begun.size())) {
            survivor = survivor.absorbing(absorbed);
            SessionStep.merged(absorbed, survivor.id(), out);
        }
        survivor = survivor.with(group.totals());
        CloseCause cause = group.end() != null ? group.end() : withoutRule(before.cause());
        if (cause != null && !before.announced()) {
            return SessionStep.close(survivor, cause, out);
        }
        survivor = survivor.endedBy(cause);
        return survivor.equals(before) ? before : SessionStep.revised(survivor, out);
    }

    /** What is left of a cause where no rule ends the session any more: the clock will have to end it. */
    private static CloseCause withoutRule(CloseCause cause) {
        return cause == CloseCause.INACTIVITY || cause == CloseCause.END_OF_INPUT ? cause : null;
    }
}
