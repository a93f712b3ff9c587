package io.weir.adspend.merchant;

import io.weir.core.state.StoreNote;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/** The stores of ad spend, as a topology declares them. */
public final class AdspendStores {

    private AdspendStores() {}

    /**
     * How they are built.
     *
     * @param interactions how long an interaction is kept, for a verdict on it
     */
    public static Set<StoreBuilder<?>> builders(Duration interactions) {
        return Set.of(
                MerchantStore.builder(),
                DayStore.builder(),
                MinuteStore.builder(),
                InteractionStore.builder(interactions),
                TimerStore.builder());
    }

    /** What they hold. */
    public static List<StoreNote> notes() {
        return List.of(MerchantStore.NOTE, DayStore.NOTE, MinuteStore.NOTE, InteractionStore.NOTE, TimerStore.NOTE);
    }
}
