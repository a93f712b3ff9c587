package io.weir.adspend.merchant;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.bytes.EnumCodes;
import java.time.LocalDate;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Something that the clock is to do.
 *
 * @param due milliseconds UTC
 * @param task what is to be done
 * @param merchant whose
 * @param number of the day (days since 1970) or minute (minutes since 1970) that it is about; 0 for neither
 * @param campaign that it is about; null for none
 */
record Timer(long due, Task task, String merchant, long number, String campaign) {

    /** Timers that wait for one another; those of another queue never do. */
    enum Queue {
        /** What the ad platform waits for. */
        SERVING(0),
        /** Counts, and what is forgotten. */
        KEEPING(1),
        /** Statements, which wait until the input has been read. */
        CLOSING(2);

        private final int code;

        Queue(int code) {
            this.code = code;
        }

        /** First byte of the keys of its timers. */
        int code() {
            return code;
        }
    }

    /** What the clock does. In this order, if it is due at the same time. */
    enum Task {
        /** Budgets take effect, another day begins. */
        TURN,
        /** The counts of a minute are given out. */
        REPORT_MINUTE,
        /** The statement of a day is issued. */
        CLOSE_DAY,
        /** The minutes of a day are forgotten. */
        FORGET_MINUTES,
        /** A day is forgotten. */
        FORGET_DAY
    }

    private static final EnumCodes<Task> TASKS = new EnumCodes<>(
            Task.class, List.of(Task.TURN, Task.REPORT_MINUTE, Task.CLOSE_DAY, Task.FORGET_MINUTES, Task.FORGET_DAY));

    static Timer turn(long due, String merchant) {
        return new Timer(due, Task.TURN, merchant, 0, null);
    }

    static Timer reportMinute(long due, String merchant, long minute, String campaign) {
        return new Timer(due, Task.REPORT_MINUTE, merchant, minute, campaign);
    }

    static Timer ofDay(long due, Task task, String merchant, LocalDate day) {
        return new Timer(due, task, merchant, day.toEpochDay(), null);
    }

    LocalDate day() {
        return LocalDate.ofEpochDay(number);
    }

    /** Where it waits. */
    Queue queue() {
        return switch (task) {
            case TURN -> Queue.SERVING;
            case CLOSE_DAY -> Queue.CLOSING;
            case REPORT_MINUTE, FORGET_MINUTES, FORGET_DAY -> Queue.KEEPING;
        };
    }

    Bytes key(ByteWriter out) {
        out.put(queue().code).fixed(due).put(TASKS.of(task)).keyPart(merchant).fixed(number);
        if (campaign != null) {
            out.put(1).keyEnd(campaign);
        }
        return Bytes.wrap(out.take());
    }

    static Timer of(Bytes key) {
        ByteReader in = new ByteReader(key.get());
        in.next();
        long due = in.fixed();
        Task task = TASKS.constant(in.next());
        String merchant = in.keyPart();
        long number = in.fixed();
        String campaign = null;
        if (!in.atEnd()) {
            in.next();
            campaign = in.keyEnd();
        }
        return new Timer(due, task, merchant, number, campaign);
    }
}
