package io.weir.topology.runtime;

import io.weir.core.error.Faults;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;

/** What becomes of a feature after a fault that no handler took care of. */
enum FaultKind {
    /** Something else is away for now: try again. */
    PASSES,
    /** A bug, a wrong setting, a refused access: stop this feature. */
    STAYS,
    /** Nothing in this process can be relied on any more: stop the process. */
    ENDS_PROCESS;

    /** Causes nest a handful deep; a longer chain is a cycle. */
    private static final int DEEPEST = 20;

    static FaultKind of(Throwable fault) {
        if (Faults.isCausedBy(fault, VirtualMachineError.class)) {
            return ENDS_PROCESS;
        }
        // Topics were checked at start: while brokers come back their metadata may lack some.
        if (Faults.passes(fault) || Faults.isCausedBy(fault, MissingSourceTopicException.class)) {
            return PASSES;
        }
        return STAYS;
    }

    /** The fault itself, without what Kafka wraps around it, in one line: what it is and what it says. */
    static String describe(Throwable fault) {
        Throwable cause = unwrapped(fault);
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + ": "
                + (message == null
                        ? "no message"
                        : message.replaceAll("\\s+", " ").strip());
    }

    /** As {@link #describe}, and where it was thrown, or passed by, in our code. */
    static String locate(Throwable fault) {
        for (StackTraceElement frame : unwrapped(fault).getStackTrace()) {
            if (frame.getClassName().startsWith("io.weir.")) {
                return describe(fault) + " (at " + frame.getClassName() + "." + frame.getMethodName() + ", line "
                        + frame.getLineNumber() + ")";
            }
        }
        return describe(fault);
    }

    private static Throwable unwrapped(Throwable fault) {
        Throwable cause = fault;
        for (int depth = 0; depth < DEEPEST && wraps(cause) && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean wraps(Throwable fault) {
        return fault instanceof StreamsException
                || fault instanceof ExecutionException
                || fault.getClass() == KafkaException.class
                || fault.getClass() == RuntimeException.class;
    }
}
