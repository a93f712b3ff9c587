package io.weir.sessionizer.identity;

/**
 * From when to when, both inclusive, milliseconds UTC.
 *
 * @param first time of the first event
 * @param last time of the last event
 */
public record Interval(long first, long last) {

    public Interval {
        if (last < first) {
            throw new IllegalArgumentException("an interval ends at " + last + " before it begins at " + first);
        }
    }
}
