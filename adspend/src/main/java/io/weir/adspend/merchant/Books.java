package io.weir.adspend.merchant;

import io.weir.adspend.day.Minutes;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The stores of one task. */
record Books(
        MerchantStore merchants,
        DayStore days,
        MinuteStore minutes,
        InteractionStore interactions,
        TimerStore timers,
        StatementStore statements,
        Optional<LedgerStore> ledger) {

    static Books open(ProcessorContext<?, ?> context, AdspendStores.Kept kept) {
        return new Books(
                new MerchantStore(context.getStateStore(MerchantStore.NAME)),
                new DayStore(context.getStateStore(DayStore.NAME)),
                new MinuteStore(context.getStateStore(MinuteStore.NAME)),
                new InteractionStore(context.getStateStore(InteractionStore.NAME)),
                new TimerStore(context.getStateStore(TimerStore.NAME)),
                new StatementStore(context, kept.statements()),
                kept.ledger().map(records -> new LedgerStore(context, records)));
    }

    /** A minute says something else than was reported: keeps it, and has it reported when it is over. */
    void changed(String merchant, MinuteStore.Entry entry) {
        if (entry.counts().changed()) {
            long end = Minutes.start(entry.minute() + 1);
            timers.set(Timer.reportMinute(end, merchant, entry.minute(), entry.campaign()));
        }
        minutes.put(merchant, entry.minute(), entry.campaign(), entry.counts());
    }
}
