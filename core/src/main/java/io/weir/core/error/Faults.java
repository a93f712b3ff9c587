package io.weir.core.error;

import io.weir.core.serde.RegistryUnavailableException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;

/** Tells faults that pass from faults that stay. */
public final class Faults {

    /** Causes nest a handful deep; a longer chain is a cycle. */
    private static final int DEEPEST = 20;

    private Faults() {}

    /**
     * Whether trying again may help: something that Weir needs does not answer for now. Nothing is wrong with the record
     * that was being processed, so no offset may move.
     */
    public static boolean passes(Throwable fault) {
        return causes(fault)
                .anyMatch(
                        cause -> cause instanceof RegistryUnavailableException || cause instanceof RetriableException);
    }

    /** Whether this is an exception of that class, or was caused by one. */
    public static boolean isCausedBy(Throwable fault, Class<? extends Throwable> type) {
        return causes(fault).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> causes(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }
}
