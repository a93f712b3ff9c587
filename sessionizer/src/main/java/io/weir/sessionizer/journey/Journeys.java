package io.weir.sessionizer.journey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** Reads journeys: for queries, and for the sessionizer itself where a split rule makes it look back. */
public final class Journeys {

    /**
     * No event is later: the year 2.28 million. A window store cuts the key that bounds a range after the first byte that is below the
     * first of the time, so that with a time without end it would read all visitors whose ids begin with the same letter: 146 ms of a
     * million visitors instead of one.
     */
    static final long LATEST = (1L << 56) - 1;

    private final ReadOnlyWindowStore<Bytes, byte[]> store;

    /** @param store the store {@link JourneyStore#NAME}, of one task or of all tasks of this instance */
    public Journeys(ReadOnlyWindowStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * A visitor's events, oldest first, those of the same millisecond by the UTF-8 of their ids.
     *
     * @param from time of the first event, milliseconds UTC, inclusive
     * @param to time of the last event, inclusive
     */
    public List<JourneyEvent> read(String visitorId, long from, long to) {
        List<JourneyEvent> events = new ArrayList<>();
        each(JourneyKeys.from(visitorId, Math.max(0, from)), visitorId, from, to, events::add);
        return events;
    }

    /**
     * At most so many of a visitor's events, oldest first.
     *
     * @param from time of the first event, milliseconds UTC, inclusive
     * @param to time of the last event, inclusive
     * @param limit at least 1
     * @param after the event after which to go on; null to begin
     */
    public JourneyPart read(String visitorId, long from, long to, int limit, JourneyCursor after) {
        boolean resumed = after != null && after.occurredAt() >= from;
        Bytes first = resumed ? JourneyKeys.after(visitorId, after) : JourneyKeys.from(visitorId, Math.max(0, from));
        List<JourneyEvent> events = new ArrayList<>();
        boolean[] more = {false};
        each(first, visitorId, resumed ? after.occurredAt() : from, to, event -> {
            if (events.size() == limit) {
                more[0] = true;
                return false;
            }
            return events.add(event);
        });
        return new JourneyPart(events, more[0] ? events.get(limit - 1).cursor() : null);
    }

    private void each(Bytes first, String visitorId, long from, long to, Predicate<JourneyEvent> wanted) {
        long begin = Math.max(0, from);
        long end = Math.min(to, LATEST);
        if (end < begin) {
            return;
        }
        try (KeyValueIterator<Windowed<Bytes>, byte[]> entries = store.fetch(
                first, JourneyKeys.to(visitorId, end), Instant.ofEpochMilli(begin), Instant.ofEpochMilli(end))) {
            boolean go = true;
            while (go && entries.hasNext()) {
                KeyValue<Windowed<Bytes>, byte[]> entry = entries.next();
                go = wanted.test(JourneyCodec.decode(JourneyKeys.position(entry.key.key()), entry.value));
            }
        }
    }
}
