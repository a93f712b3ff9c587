package io.weir.adspend.merchant;

import io.weir.core.serde.KeptRecords;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.schemas.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Statements as they were issued, for queries alone. The account of a closed day goes on to change with what is adjusted on the next; its
 * statement does not.
 *
 * <pre>
 * key     merchant id (UTF-8); the window is the statement's day, as midnight UTC of that date
 * value   Statement in wire format
 * </pre>
 */
final class StatementStore {

    static final String NAME = "adspend-statements";

    static final StoreNote NOTE = new StoreNote(
            NAME,
            "merchant id (UTF-8); in windows by the day",
            "Statement in wire format: some 150 bytes, and 60 for each campaign",
            "weir.adspend.statements-kept",
            "nothing that grows with events: 80 KB a year for each merchant with one campaign",
            "no: written once a day");

    private final WindowStore<Bytes, byte[]> store;
    private final KeptRecords<Statement> records;

    StatementStore(ProcessorContext<?, ?> context, KeptRecords<Statement> records) {
        this.store = context.getStateStore(NAME);
        this.records = records;
    }

    static StoreBuilder<WindowStore<Bytes, byte[]>> builder(Duration retention) {
        return ByteStores.segments(NAME, retention);
    }

    /** Keeps a statement. */
    void put(LocalDate day, Statement statement) {
        store.put(ByteStores.key(statement.getMerchantId()), records.encode(statement), window(day));
    }

    /** The window of a day, milliseconds. */
    static long window(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
