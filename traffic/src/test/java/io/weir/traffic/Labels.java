package io.weir.traffic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** All labels of a piece of traffic, in a list. */
final class Labels {
    private Labels() {}

    static List<Label> of(TrafficSettings settings) {
        List<Label> labels = new ArrayList<>();
        Iterator<List<Label>> messages = Traffic.from(settings).labels(Encoding.SEGMENT_JSON);
        while (messages.hasNext()) {
            labels.addAll(messages.next());
        }
        return labels;
    }

    /** Each event once, in the order of event time. */
    static List<ShopEvent> events(TrafficSettings settings) {
        return of(settings).stream()
                .filter(label -> !label.duplicate())
                .map(Label::truth)
                .sorted(Comparator.comparingLong(ShopEvent::occurredAt))
                .toList();
    }
}
