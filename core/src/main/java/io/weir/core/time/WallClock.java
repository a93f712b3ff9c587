package io.weir.core.time;

import java.time.InstantSource;

/** A clock that is always {@link StreamClock.Phase#LIVE}: the machine's, or one that a test moves. */
public final class WallClock implements StreamClock {

    private static final Duty ALWAYS_LIVE = new Duty() {
        @Override
        public Phase phase() {
            return Phase.LIVE;
        }

        @Override
        public void settled() {}

        @Override
        public void close() {}
    };

    private final InstantSource source;

    /** @param source the machine's clock in {@code run} and {@code demo} */
    public WallClock(InstantSource source) {
        this.source = source;
    }

    @Override
    public long millis() {
        return source.millis();
    }

    @Override
    public Duty duty(Stage stage, String name) {
        return ALWAYS_LIVE;
    }
}
