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

    static final Amounts NONE = new Amounts(Counts.NONE, 0, 0, 0);

    Amounts plus(Amounts other) {
        return new Amounts(
                counts.plus(other.counts),
                Math.addExact(validNanos, other.validNanos),
                Math.addExact(invalidNanos, other.invalidNanos),
                Math.addExact(billedNanos, other.billedNanos));
    }

    Amounts billedUpTo(long capNanos) {
        return new Amounts(counts, validNanos, invalidNanos, Math.min(capNanos, billedNanos));
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
