package io.weir.experiments.unit;

import io.weir.experiments.definition.Definition;

/**
 * The first time that a unit saw a variant.
 *
 * @param variant that was shown
 * @param at event time, milliseconds UTC
 * @param eventId of the event
 */
public record Exposure(String variant, long at, String eventId) {

    /** Whether it comes before another one of the same variant: one that counts before one that does not, then by time. */
    boolean precedes(Exposure other, Definition definition) {
        boolean counts = definition.runsAt(at);
        if (counts != definition.runsAt(other.at)) {
            return counts;
        }
        return isBefore(other);
    }

    /** Whether it was earlier; at the same time the smaller event id is. */
    boolean isBefore(Exposure other) {
        return at < other.at || (at == other.at && eventId.compareTo(other.eventId) < 0);
    }
}
