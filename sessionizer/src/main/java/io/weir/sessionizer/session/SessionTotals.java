package io.weir.sessionizer.session;

import io.weir.schemas.EventKind;
import java.util.List;

/**
 * What the events of a session add up to. Immutable, and the same in whatever order they are added: sums are sums, and
 * where one of several is kept, the events' marks decide which.
 *
 * @param first mark of the first event
 * @param touch what is kept of the first event
 * @param last mark of the last event
 * @param counts events by kind
 * @param entry path of the first page view that has one; may be null
 * @param exit path of the last page view that has one; may be null
 * @param pages distinct paths
 * @param customer last known customer; may be null
 * @param campaign last campaign; may be null
 * @param customers who the visitor was, ordered by customer
 * @param takings purchases and refunds
 * @param bot whether any event came from a declared robot
 */
public record SessionTotals(
        Mark first,
        FirstTouch touch,
        Mark last,
        KindCounts counts,
        Marked entry,
        Marked exit,
        DistinctPages pages,
        Marked customer,
        Marked campaign,
        List<CustomerSpan> customers,
        Takings takings,
        boolean bot) {

    /** GA4: a session longer than this is engaged. */
    private static final long ENGAGED_MILLIS = 10_000;

    /** Totals of one event. */
    static SessionTotals of(SessionEvent event) {
        Mark mark = event.mark();
        Marked page = event.path() == null ? null : new Marked(mark, event.path());
        return new SessionTotals(
                mark,
                event.touch(),
                mark,
                KindCounts.one(event.kind()),
                page,
                page,
                DistinctPages.of(event.path()),
                event.customer() == null ? null : new Marked(mark, event.customer()),
                event.campaign() == null ? null : new Marked(mark, event.campaign()),
                event.customer() == null
                        ? List.of()
                        : List.of(new CustomerSpan(event.customer(), mark.at(), mark.at())),
                Takings.of(event.purchase()),
                event.bot());
    }

    /** Totals of this one's events and another one's. */
    SessionTotals and(SessionTotals other) {
        return new SessionTotals(
                Mark.earlier(first, other.first),
                other.first.isBefore(first) ? other.touch : touch,
                Mark.later(last, other.last),
                counts.and(other.counts),
                Marked.first(entry, other.entry),
                Marked.last(exit, other.exit),
                pages.and(other.pages),
                Marked.last(customer, other.customer),
                Marked.last(campaign, other.campaign),
                CustomerSpan.union(customers, other.customers),
                takings.and(other.takings),
                bot || other.bot);
    }

    SessionTotals and(SessionEvent event) {
        return and(of(event));
    }

    /** Time of the first event, milliseconds UTC. */
    public long startedAt() {
        return first.at();
    }

    /** Time of the last event, milliseconds UTC. */
    public long lastEventAt() {
        return last.at();
    }

    /** From the first event to the last, milliseconds. */
    public long durationMillis() {
        return lastEventAt() - startedAt();
    }

    /** Exactly one page view, and nothing else but impressions. */
    public boolean isBounce() {
        return counts.of(EventKind.page_view) == 1 && counts.total() == 1 + counts.of(EventKind.impression);
    }

    /** GA4's: longer than 10 s, or at least two page views, or a purchase. */
    public boolean isEngaged() {
        return durationMillis() > ENGAGED_MILLIS || counts.of(EventKind.page_view) >= 2 || takings.purchases() > 0;
    }
}
