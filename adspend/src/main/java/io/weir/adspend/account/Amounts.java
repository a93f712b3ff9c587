package io.weir.adspend.account;

import io.weir.adspend.Money;

/**
 * Counts and money of a merchant's or a campaign's day. Exact in nanos; in micros, what is billed, absorbed and invalid is
 * rounded down and the rest is their sum, so that {@code gross = valid + invalid} and {@code valid = billed + absorbed} hold
 * to the last digit.
 *
 * @param counts numbers of interactions
 * @param validNanos price of the valid ones
 * @param invalidNanos price of the invalid ones
 * @param billedNanos part of the valid price that is charged
 */
public record Amounts(Counts counts, long validNanos, long invalidNanos, long billedNanos) {

    /** Nothing. */
    public static final Amounts NONE = new Amounts(Counts.NONE, 0, 0, 0);

    /**
     * One interaction before any cap.
     *
     * @param valid neither a robot's nor under a standing verdict
     */
    public static Amounts of(Interaction interaction, Price price, boolean valid) {
        return of(Line.of(interaction, valid), 1, price);
    }

    static Amounts of(Line line, long count, Price price) {
        Counts counts = Counts.of(line, count, price.source());
        return line.valid()
                ? new Amounts(counts, price.nanos(), 0, price.nanos())
                : new Amounts(counts, 0, price.nanos(), 0);
    }

    /** What undoes it. */
    public Amounts negated() {
        return new Amounts(counts.negated(), -validNanos, -invalidNanos, -billedNanos);
    }

    /** Both together. */
    public Amounts plus(Amounts other) {
        return new Amounts(
                counts.plus(other.counts),
                Math.addExact(validNanos, other.validNanos),
                Math.addExact(invalidNanos, other.invalidNanos),
                Math.addExact(billedNanos, other.billedNanos));
    }

    /** Valid delivery above a cap, not charged, nanos. */
    public long absorbedNanos() {
        return validNanos - billedNanos;
    }

    /** What is charged, micros. */
    public long billedMicros() {
        return Money.floorMicros(billedNanos);
    }

    /** Valid delivery above a cap, not charged, micros. */
    public long absorbedMicros() {
        return Money.floorMicros(absorbedNanos());
    }

    /** Price of robots' interactions and those under a standing verdict, micros. */
    public long invalidMicros() {
        return Money.floorMicros(invalidNanos);
    }

    /** Billed and absorbed, micros. */
    public long validMicros() {
        return billedMicros() + absorbedMicros();
    }

    /** Valid and invalid, micros. */
    public long grossMicros() {
        return validMicros() + invalidMicros();
    }
}
