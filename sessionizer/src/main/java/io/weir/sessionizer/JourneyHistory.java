package io.weir.sessionizer;

import io.weir.schemas.EventKind;
import io.weir.sessionizer.journey.JourneyCursor;
import io.weir.sessionizer.journey.JourneyDetail;
import io.weir.sessionizer.journey.JourneyEvent;
import io.weir.sessionizer.journey.JourneyPart;
import io.weir.sessionizer.journey.Journeys;
import io.weir.sessionizer.session.EventHistory;
import io.weir.sessionizer.session.FirstTouch;
import io.weir.sessionizer.session.Mark;
import io.weir.sessionizer.session.SessionEvent;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A visitor's events as the rules that split sessions need them again: read from the visitor's journey, some at a time. */
final class JourneyHistory implements EventHistory {

    /** Sessions have some ten events: most often one read is enough. */
    private static final int AT_ONCE = 64;

    private final Journeys journeys;
    private final String visitor;

    JourneyHistory(Journeys journeys, String visitor) {
        this.journeys = journeys;
        this.visitor = visitor;
    }

    @Override
    public Iterator<SessionEvent> since(long since) {
        return new Parts(since);
    }

    private final class Parts implements Iterator<SessionEvent> {

        private final long since;
        private Iterator<JourneyEvent> part;
        private JourneyCursor next;

        Parts(long since) {
            this.since = since;
            read(null);
        }

        @Override
        public boolean hasNext() {
            if (!part.hasNext() && next != null) {
                read(next);
            }
            return part.hasNext();
        }

        @Override
        public SessionEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return event(part.next());
        }

        private void read(JourneyCursor after) {
            JourneyPart read = journeys.read(visitor, since, Long.MAX_VALUE, AT_ONCE, after);
            part = read.events().iterator();
            next = read.next();
        }
    }

    private static SessionEvent event(JourneyEvent event) {
        JourneyEvent.PageSeen page = event.page();
        return new SessionEvent(
                new Mark(event.occurredAt(), event.eventId()),
                event.kind(),
                page != null && event.kind() == EventKind.page_view ? page.path() : null,
                event.customerId(),
                SessionEvent.campaign(event.acquisition()),
                event.detail() instanceof JourneyDetail.Order order
                        ? new SessionEvent.Amount(order.currency(), order.amountMicros())
                        : null,
                event.bot(),
                new FirstTouch(page == null ? null : page.referrer(), event.acquisition(), event.client()));
    }
}
