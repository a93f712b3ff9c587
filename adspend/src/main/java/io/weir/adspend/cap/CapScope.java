package io.weir.adspend.cap;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What has been said last of the cap of a merchant or campaign. Immutable.
 *
 * @param capped whether it was reached
 * @param sequence number of records given out
 * @param day local day that it speaks of
 * @param noticed largest part of the day's cap, in percent, that was noticed
 */
public record CapScope(boolean capped, long sequence, LocalDate day, int noticed) {

    /** Parts of a cap that are noticed, in percent. */
    private static final int[] PARTS = {50, 80, 90, 100};

    /**
     * What is to be said now.
     *
     * @param after what will have been said last
     * @param said cause of the record to be given out; empty for none
     * @param notices parts that are to be noticed, in percent, in their order
     */
    public record Step(CapScope after, Optional<Cause> said, List<Integer> notices) {}

    /**
     * What is to be said first.
     *
     * @param after sequence that was given out before, if it was forgotten; else 0
     */
    public static Step first(Position position, LocalDate day, long after) {
        boolean capped = position.isExhausted();
        return noticing(new CapScope(capped, after + 1, day, 0), Optional.of(Cause.FIRST_SEEN), position);
    }

    /**
     * What is to be said after something has happened.
     *
     * @param position now
     * @param today the local day that the clock says is today
     * @param cause what has happened
     */
    public Step next(Position position, LocalDate today, Cause cause, ReopenPolicy policy) {
        boolean rollover = !day.equals(today);
        Cause why = rollover ? Cause.DAY_ROLLOVER : cause;
        boolean nowCapped = capped(position, why, policy);
        boolean changed = nowCapped != capped;
        int seen = rollover ? 0 : noticed;
        if (why == Cause.BUDGET_CHANGE) {
            // Another cap: what it has not reached may be reached again.
            seen = Math.min(seen, position.reached(PARTS));
        }
        CapScope after = new CapScope(nowCapped, changed ? sequence + 1 : sequence, today, seen);
        Cause said = why == Cause.SPEND && !nowCapped ? Cause.CREDIT : why;
        return noticing(after, changed ? Optional.of(said) : Optional.empty(), position);
    }

    private boolean capped(Position position, Cause cause, ReopenPolicy policy) {
        if (position.isExhausted() || !capped) {
            return position.isExhausted();
        }
        return switch (cause) {
            case FIRST_SEEN, BUDGET_CHANGE, DAY_ROLLOVER -> false;
            case SPEND, CREDIT -> policy == ReopenPolicy.CREDIT_ONLY || !position.isWorthOpening();
        };
    }

    private static Step noticing(CapScope scope, Optional<Cause> said, Position position) {
        int reached = position.reached(PARTS);
        int seen = scope.noticed();
        if (reached <= seen) {
            return new Step(scope, said, List.of());
        }
        List<Integer> notices = Arrays.stream(PARTS)
                .filter(part -> part > seen && part <= reached)
                .boxed()
                .toList();
        CapScope after = new CapScope(scope.capped(), scope.sequence(), scope.day(), reached);
        return new Step(after, said, notices);
    }

    /** Writes it: capped, sequence, epoch day, percent. */
    public void write(ByteWriter out) {
        out.put(capped ? 1 : 0).varint(sequence).signed(day.toEpochDay()).put(noticed);
    }

    /** Reads what {@link #write} wrote. */
    public static CapScope read(ByteReader in) {
        return new CapScope(in.next() != 0, in.varint(), LocalDate.ofEpochDay(in.signed()), in.next());
    }
}
