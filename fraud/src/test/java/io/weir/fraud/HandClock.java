package io.weir.fraud;

import io.weir.core.time.StreamClock;

/** A clock that a test moves, in the phase that a test says. */
final class HandClock implements StreamClock {

    private Phase phase = Phase.LIVE;
    private long millis;
    private boolean settled;

    void set(long now) {
        millis = now;
    }

    void pass(long more) {
        millis += more;
    }

    void enter(Phase next) {
        phase = next;
    }

    boolean isSettled() {
        return settled;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public Duty duty(Stage stage, String name) {
        return new Duty() {
            @Override
            public Phase phase() {
                return phase;
            }

            @Override
            public void settled() {
                settled = true;
            }

            @Override
            public void close() {}
        };
    }
}
