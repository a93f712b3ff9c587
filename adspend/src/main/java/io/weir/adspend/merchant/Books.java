package io.weir.adspend.merchant;

import io.weir.adspend.day.Minutes;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The stores of one task.
 *
 * @param live whether the clock is the wall's; recorded input is reported at its end
 */
record Books(
        MerchantStore merchants,
        DayStore days,
        MinuteStore minutes,
        InteractionStore interactions,
        TimerStore timers,
        StatementStore statements,
        Optional<LedgerStore> ledger,
        boolean live) {

    /**
     * A minute that is over and changes is reported again after so long at most: in a backlog it changes with every other event, and
     * each report of it costs four records.
     */
    private static final long AGAIN_MILLIS = 10_000;

    static Books open(ProcessorContext<?, ?> context, AdspendStores.Kept kept, boolean live) {
        return new Books(
                new MerchantStore(context.getStateStore(MerchantStore.NAME)),
                new DayStore(context.getStateStore(DayStore.NAME)),
                new MinuteStore(context.getStateStore(MinuteStore.NAME)),
                new InteractionStore(context.getStateStore(InteractionStore.NAME)),
                new TimerStore(context.getStateStore(TimerStore.NAME)),
                new StatementStore(context, kept.statements()),
                kept.ledger().map(records -> new LedgerStore(context, records)),
                live);
    }

    /**
     * A minute says something else than was reported: keeps it, and has it reported when it is over.
     *
     * @param now milliseconds UTC
     */
    void changed(String merchant, MinuteStore.Entry entry, long now) {
        if (entry.counts().changed()) {
            long end = Minutes.start(entry.minute() + 1);
            long due = !live || end > now ? end : (now / AGAIN_MILLIS + 1) * AGAIN_MILLIS;
            timers.set(Timer.reportMinute(due, merchant, entry.minute(), entry.campaign()));
        }
        minutes.put(merchant, entry.minute(), entry.campaign(), entry.counts());
    }
}
