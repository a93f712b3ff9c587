package io.weir.topology.terminal;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** Waiting for time to pass, which commands do and features never. */
public final class Pauses {

    private Pauses() {}

    /**
     * Waits.
     *
     * @throws CancellationException if the thread is interrupted, which ends the command
     */
    public static void pause(Duration length) {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.max(0, length.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The command was interrupted.");
        }
    }
}
