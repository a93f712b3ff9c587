package io.weir.fraud.alert;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.serde.KeptRecords;
import io.weir.schemas.FraudAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** What queries may ask of the alerts of a task. Safe for one thread; cheap to make. */
public final class AlertReads {

    private final ReadOnlyWindowStore<Bytes, byte[]> store;
    private final KeptRecords<FraudAlert> records;

    /**
     * @param store {@link AlertStore#NAME}, of one task
     * @param records as alerts are kept
     */
    public AlertReads(ReadOnlyWindowStore<Bytes, byte[]> store, KeptRecords<FraudAlert> records) {
        this.store = store;
        this.records = records;
    }

    /**
     * Where a list goes on: before this alert.
     *
     * @param start of the alert
     * @param id of the alert
     */
    public record Before(Instant start, String id) {}

    /**
     * Alerts, those that started last first, of one start the largest id first.
     *
     * @param from first start
     * @param to last start, exclusive
     * @param before null for the first page
     * @param wanted which of them
     */
    public List<FraudAlert> newest(Instant from, Instant to, Before before, Predicate<FraudAlert> wanted, int most) {
        ByteWriter out = new ByteWriter();
        Bytes first = AlertStore.key(out, from, "");
        Instant end = before == null ? to.minusMillis(1) : before.start();
        // No id is empty: less than this are exactly those that start earlier.
        Bytes last = before == null ? AlertStore.key(out, to, "") : AlertStore.key(out, before.start(), before.id());
        List<FraudAlert> alerts = new ArrayList<>();
        if (end.isBefore(from)) {
            return alerts;
        }
        try (KeyValueIterator<Windowed<Bytes>, byte[]> range = store.backwardFetch(first, last, from, end)) {
            while (alerts.size() < most && range.hasNext()) {
                var next = range.next();
                if (!next.key.key().equals(last)) {
                    FraudAlert alert = records.decode(next.value);
                    if (wanted.test(alert)) {
                        alerts.add(alert);
                    }
                }
            }
        }
        return alerts;
    }
}
