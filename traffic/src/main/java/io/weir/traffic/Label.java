package io.weir.traffic;

import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.EventKind;
import java.util.Optional;

/**
 * The truth about one event in a message; it goes beside the message, never inside.
 *
 * @param truth the event as it was before anything went wrong with it
 * @param late whether it arrives at least {@link TrafficSettings#lateFrom()} after it happened
 * @param duplicate whether it was sent before
 * @param breakage what is wrong with it
 */
public record Label(ShopEvent truth, boolean late, boolean duplicate, Optional<Breakage> breakage) {

    /** The kind as which Weir should accept it, if it is to be accepted. */
    public EventKind kind() {
        return truth.payload().kind();
    }

    /** The fraud that it belongs to. */
    public Optional<FraudScheme> fraud() {
        return truth.author().fraud();
    }

    /** Whether a declared robot did it. */
    public boolean bot() {
        return truth.author().bot();
    }

    /** Why Weir should refuse it; empty if it should not. */
    public Optional<DeadLetterReason> refusal() {
        return breakage.map(Breakage::reason);
    }

    /** Whether Weir should accept it: neither broken nor sent before. */
    public boolean accepted() {
        return breakage.isEmpty() && !duplicate;
    }
}
