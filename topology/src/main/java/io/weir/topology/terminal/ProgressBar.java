package io.weir.topology.terminal;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** One line that shows how far something is; silent where nobody watches. For one thread. */
public final class ProgressBar implements AutoCloseable {

    private static final int WIDTH = 30;
    /** Ten times a second looks smooth and costs nothing. */
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean visible;
    private final String what;
    private long shownAt = Long.MIN_VALUE / 2;

    ProgressBar(PrintWriter err, boolean visible, String what) {
        this.err = err;
        this.visible = visible;
        this.what = what;
    }

    /**
     * Says how far it is.
     *
     * @param done of {@code total}, in any unit
     */
    public void at(long done, long total) {
        long now = System.nanoTime();
        if (!visible || now - shownAt < BETWEEN_NANOS) {
            return;
        }
        shownAt = now;
        double share = total <= 0 ? 0 : Math.min(1, (double) done / total);
        int filled = (int) Math.round(share * WIDTH);
        err.print(CLEAR_LINE
                + "%-12s [%s%s] %3d %%"
                        .formatted(what, "=".repeat(filled), " ".repeat(WIDTH - filled), (int) (share * 100)));
        err.flush();
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (visible) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
