package io.weir.sessionizer.identity;

import java.util.List;

/**
 * When a visitor was a certain customer: all that is known, never an addition to it.
 *
 * @param visitorId visitor
 * @param intervals in order of time; empty if it is forgotten
 */
public record CustomerVisitor(String visitorId, List<Interval> intervals) {

    public CustomerVisitor {
        intervals = List.copyOf(intervals);
    }

    /** Time of the last event, milliseconds UTC; the least there is without intervals. */
    public long last() {
        return intervals.isEmpty()
                ? Long.MIN_VALUE
                : intervals.get(intervals.size() - 1).last();
    }
}
