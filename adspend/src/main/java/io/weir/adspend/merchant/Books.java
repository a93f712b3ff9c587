package io.weir.adspend.merchant;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The stores of one task. */
record Books(
        MerchantStore merchants, DayStore days, MinuteStore minutes, InteractionStore interactions, TimerStore timers) {

    static Books open(ProcessorContext<?, ?> context) {
        return new Books(
                new MerchantStore(context.getStateStore(MerchantStore.NAME)),
                new DayStore(context.getStateStore(DayStore.NAME)),
                new MinuteStore(context.getStateStore(MinuteStore.NAME)),
                new InteractionStore(context.getStateStore(InteractionStore.NAME)),
                new TimerStore(context.getStateStore(TimerStore.NAME)));
    }
}
