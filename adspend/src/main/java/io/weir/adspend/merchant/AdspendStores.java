package io.weir.adspend.merchant;

import io.weir.core.serde.KeptRecords;
import io.weir.core.state.StoreNote;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/** The stores of ad spend, as a topology declares them. */
public final class AdspendStores {

    private AdspendStores() {}

    /**
     * How what was given out is kept for queries.
     *
     * @param statements as statements are kept
     * @param ledger as entries of the ledger are kept; empty: they are not
     */
    public record Kept(KeptRecords<Statement> statements, Optional<KeptRecords<LedgerEntry>> ledger) {}

    /**
     * How they are built.
     *
     * @param interactions how long an interaction is kept, for a verdict on it
     * @param statements how long statements are kept
     * @param ledger how long entries of the ledger are kept; zero: they are not
     */
    public static Set<StoreBuilder<?>> builders(Duration interactions, Duration statements, Duration ledger) {
        Set<StoreBuilder<?>> builders = new LinkedHashSet<>(List.of(
                MerchantStore.builder(),
                DayStore.builder(),
                MinuteStore.builder(),
                InteractionStore.builder(interactions),
                TimerStore.builder(),
                StatementStore.builder(statements)));
        if (!ledger.isZero()) {
            builders.add(LedgerStore.builder(ledger));
        }
        return builders;
    }

    /** What they hold. */
    public static List<StoreNote> notes() {
        return List.of(
                MerchantStore.NOTE,
                DayStore.NOTE,
                MinuteStore.NOTE,
                InteractionStore.NOTE,
                TimerStore.NOTE,
                StatementStore.NOTE,
                LedgerStore.NOTE);
    }
}
