package io.weir.adspend.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * One amount of money that moves.
 *
 * @param kind what it does
 * @param nanos of the currency unit, not 0
 */
public record Movement(MovementKind kind, long nanos) {

    /**
     * Movements of an open day: their sums are the day's billed, absorbed and invalid money.
     *
     * @param billed change of what is billed, nanos
     * @param absorbed change of what is absorbed, nanos
     * @param invalid change of what is invalid, nanos
     */
    public static List<Movement> ofOpenDay(long billed, long absorbed, long invalid) {
        List<Movement> movements = new ArrayList<>(2);
        add(movements, billed > 0 ? MovementKind.CHARGE : MovementKind.CREDIT, billed);
        add(movements, MovementKind.ABSORB, absorbed);
        add(movements, MovementKind.INVALID, invalid);
        return movements;
    }

    /** Movements of a closed day: its statement stays, and the difference is on the next. */
    public static List<Movement> ofClosedDay(long billed) {
        List<Movement> movements = new ArrayList<>(1);
        add(movements, MovementKind.ADJUSTMENT, billed);
        return movements;
    }

    private static void add(List<Movement> movements, MovementKind kind, long nanos) {
        if (nanos != 0) {
            movements.add(new Movement(kind, nanos));
        }
    }
}
