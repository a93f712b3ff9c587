package io.weir.traffic;

import java.math.BigDecimal;

/** Amounts as the shop writes them: micros inside, decimals in messages, whole cents where the currency has cents. */
final class Money {
    private static final long CENT = 10_000;
    private static final long UNIT = 1_000_000;

    private Money() {}

    /** Rounded down to what can be paid in the currency, and at least that: a cent, or a rupiah. */
    static long payable(double micros, String currency) {
        long step = currency.equals("IDR") ? UNIT : CENT;
        long steps = (long) (micros / step);
        return Math.max(step, steps * step);
    }

    /** As a decimal of the currency unit: two places, or six where two are not enough. */
    static BigDecimal decimal(long micros) {
        return micros % CENT == 0 ? BigDecimal.valueOf(micros / CENT, 2) : BigDecimal.valueOf(micros, 6);
    }

    /** How many units of a currency buy what a euro buys, roughly. */
    static double perEuro(String currency) {
        return switch (currency) {
            case "USD" -> 1.1;
            case "GBP" -> 0.85;
            case "IDR" -> 17_000;
            default -> 1;
        };
    }
}
