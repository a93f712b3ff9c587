package io.weir.traffic;

import java.util.ArrayList;
import java.util.List;

/** A message before it is encoded: events that travel together. */
final class Envelope {
    /** Between a collector's receiving a message and appending it. */
    private static final long APPEND_MILLIS = 3;

    private final long appendedAt;
    private final long ordinal;
    private final List<ShopEvent> events = new ArrayList<>(1);
    private final List<Label> labels = new ArrayList<>(1);

    /** @param ordinal in which order those of the same time go */
    Envelope(long appendedAt, long ordinal) {
        this.appendedAt = appendedAt;
        this.ordinal = ordinal;
    }

    long appendedAt() {
        return appendedAt;
    }

    long receivedAt() {
        return appendedAt - APPEND_MILLIS;
    }

    long ordinal() {
        return ordinal;
    }

    void add(ShopEvent sent, Label label) {
        events.add(sent);
        labels.add(label);
    }

    int size() {
        return events.size();
    }

    /** The events as they are sent. */
    List<ShopEvent> events() {
        return events;
    }

    List<Label> labels() {
        return labels;
    }

    String key() {
        return labels.get(0).truth().visit().visitorId();
    }

    /** Takes all but the first away. */
    void keepFirst(int count) {
        events.subList(count, events.size()).clear();
        labels.subList(count, labels.size()).clear();
    }
}
