package io.weir.intake.quality;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The messages of one event in the window of an alert, all libraries and versions together. */
final class WindowTally {

    private long total;
    private long invalid;
    private final SortedMap<String, Long> reasons = new TreeMap<>();

    void add(QualityCounts counts) {
        total += counts.total();
        add(counts.deadLetters());
        add(counts.observed());
    }

    private void add(Map<String, Long> more) {
        more.forEach((reason, count) -> {
            invalid += count;
            reasons.merge(reason, count, Long::sum);
        });
    }

    long total() {
        return total;
    }

    /** Refused, or accepted in spite of the tracking plan. */
    long invalid() {
        return invalid;
    }

    SortedMap<String, Long> reasons() {
        return reasons;
    }
}
