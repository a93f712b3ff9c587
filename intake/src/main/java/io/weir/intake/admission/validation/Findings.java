package io.weir.intake.admission.validation;

import io.weir.schemas.DeadLetterReason;
import java.util.Optional;

/**
 * Collects what is wrong with one event and keeps what decides: of several faults the one that comes first in the order
 * of validation (decode, required fields, identifiers, times, address, currency, amounts, personal identifiers, tracking
 * plan), of equals the one that was found first.
 */
public final class Findings {

    private static final int LONGEST_POINTER = 256;

    private final String base;
    private Finding decisive;

    /** @param base JSON pointer of the event in its message: empty, or {@code /batch/3} */
    public Findings(String base) {
        this.base = base;
    }

    /**
     * Notes a fault of a field.
     *
     * @param pointer JSON pointer from the event's root
     * @param expected what should be there, as in "an ISO 4217 code"
     * @param found what is there, as in "a number"; never the value itself, which may name a person
     */
    public void add(DeadLetterReason reason, String pointer, String expected, String found) {
        if (decides(reason)) {
            String field = shortened(base + pointer);
            String name = field.isEmpty() ? "The message" : field;
            decisive = new Finding(reason, field, name + ": expected " + expected + ", found " + found + ".");
        }
    }

    /** Notes a fault of the whole message. */
    public void addWhole(DeadLetterReason reason, String message) {
        if (decides(reason)) {
            decisive = new Finding(reason, base.isEmpty() ? null : base, message);
        }
    }

    /** The fault that decides; empty if there is none. */
    public Optional<Finding> decisive() {
        return Optional.ofNullable(decisive);
    }

    /** JSON pointer of the event in its message: empty, or {@code /batch/3}. */
    public String base() {
        return base;
    }

    /** A pointer may hold keys that the sender chose. */
    private static String shortened(String pointer) {
        return pointer.length() <= LONGEST_POINTER
                ? Text.clean(pointer)
                : Text.clean(pointer.substring(0, LONGEST_POINTER)) + "…";
    }

    private boolean decides(DeadLetterReason reason) {
        return decisive == null || rank(reason) < rank(decisive.reason());
    }

    private static int rank(DeadLetterReason reason) {
        return switch (reason) {
            case MISSING_FIELD -> 1;
            case INVALID_IDENTIFIER -> 2;
            case INVALID_TIME, TOO_OLD, TOO_NEW -> 3;
            case INVALID_URL -> 4;
            case INVALID_CURRENCY -> 5;
            case INVALID_AMOUNT -> 6;
            case PERSONAL_IDENTIFIER -> 7;
            case PLAN_VIOLATION, UNPLANNED_EVENT -> 8;
            default -> 0;
        };
    }
}
