package io.weir.adspend;

/**
 * Units of money. Outside, amounts are micros (1e-6 of the currency unit); sums inside are nanos (1e-9), because an
 * impression at a price per thousand costs a fraction of a micro.
 *
 * <p>Nanos are a {@code long}: 9 223 372 036 units of a currency (in a currency with small units, such as the rupiah, some
 * 500 000 US dollars). This bounds the gross of one merchant's day and each single price; beyond it the arithmetic throws
 * {@link ArithmeticException} and never wraps.
 */
public final class Money {

    /** Nanos in a micro. */
    public static final long NANOS_PER_MICRO = 1_000;

    /** Largest amount in micros that nanos can express. */
    public static final long MAX_MICROS = Long.MAX_VALUE / NANOS_PER_MICRO;

    private Money() {}

    /** Nanos of an amount in micros. */
    public static long nanos(long micros) {
        return Math.multiplyExact(micros, NANOS_PER_MICRO);
    }

    /** Whole micros of an amount in nanos, rounded down. */
    public static long floorMicros(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_MICRO);
    }
}
