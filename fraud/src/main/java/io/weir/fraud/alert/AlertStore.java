package io.weir.fraud.alert;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.schemas.FraudAlert;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What was said last of each alert, in the order of their starts. A window store for its segments, which are forgotten at once; the
 * window is the alert's start.
 *
 * <pre>
 * key     window_start (8 bytes, millis), alert_id (UTF-8)
 * value   FraudAlert in wire format
 * </pre>
 */
public final class AlertStore {

    /** Name of the store. */
    public static final String NAME = "fraud-alerts";

    private final WindowStore<Bytes, byte[]> store;
    private final ByteWriter out = new ByteWriter();

    /** @param store as {@link #builder} made it */
    public AlertStore(WindowStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Makes the store. */
    public static StoreBuilder<WindowStore<Bytes, byte[]>> builder(Duration retention) {
        return ByteStores.segments(NAME, retention);
    }

    /** For operators. */
    public static StoreNote note() {
        return new StoreNote(
                NAME,
                "window_start (8 bytes), alert_id; in windows by the start",
                "FraudAlert in wire format, up to 1.5 KB",
                "weir.fraud.alerts-kept",
                "nothing that grows with events: 1.5 KB an alert",
                "no: written when something is said of an alert, at most every 30 s");
    }

    /**
     * Keeps what is said of an alert.
     *
     * @param bytes of the alert
     */
    public void put(FraudAlert alert, byte[] bytes) {
        Instant start = alert.getWindowStart();
        store.put(key(out, start, alert.getAlertId()), bytes, start.toEpochMilli());
    }

    static Bytes key(ByteWriter out, Instant start, String id) {
        return Bytes.wrap(out.fixed(start.toEpochMilli())
                .bytes(id.getBytes(StandardCharsets.UTF_8))
                .take());
    }
}
