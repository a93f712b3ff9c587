package io.weir.intake.quality;

import io.weir.intake.admission.EventLabel;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What queries may ask of the totals. Safe for one thread; cheap to make. */
public final class QualityReads {

    /** Store to open, with bytes as keys and values. */
    public static final String TOTALS = QualityTotals.STORE;

    /** By source, then name. */
    public static final Comparator<SourceEvent> ORDER =
            Comparator.comparing(SourceEvent::source).thenComparing(SourceEvent::eventName);

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;

    /** @param store {@link #TOTALS} of the task that has it */
    public QualityReads(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * How the messages of some time fared, all libraries together, in {@link #ORDER}. Reads some 10 µs for each minute and label.
     *
     * @param from milliseconds UTC; the minute that it is in is counted
     * @param to milliseconds UTC, exclusive; the minute that it is in is counted if it does not begin at it
     */
    public SortedMap<SourceEvent, QualityCounts> between(long from, long to) {
        SortedMap<SourceEvent, QualityCounts> all = new TreeMap<>(ORDER);
        Bytes first = Bytes.wrap(QualityKey.startOf(AlertRule.minuteOf(from)));
        Bytes end = Bytes.wrap(QualityKey.startOf(AlertRule.minuteOf(to - 1) + AlertRule.MINUTE));
        try (KeyValueIterator<Bytes, byte[]> range = store.range(first, end)) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                EventLabel label = QualityKey.of(entry.key.get()).label();
                all.computeIfAbsent(new SourceEvent(label.source(), label.eventName()), none -> new QualityCounts())
                        .add(QualityTotals.counts(entry.value));
            }
        }
        return all;
    }
}
