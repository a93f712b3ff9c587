package io.weir.intake.admission.validation;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Amounts and currencies. No floating point touches money. */
public final class Money {

    /** Largest amount either way: 10^15 micros, a thousand million units of the currency. */
    public static final long MAX_MICROS = 1_000_000_000_000_000L;

    private static final int DECIMALS = 6;
    /** Digits before the point above which an amount is beyond {@link #MAX_MICROS} in any case. */
    private static final int MAX_INTEGER_DIGITS = 10;

    private static final int LONGEST_TEXT = 64;

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private Money() {}

    /** Whether a text is a code of ISO 4217, in capitals as it is there. */
    public static boolean isCurrency(String code) {
        return CURRENCIES.contains(code);
    }

    /** Whether an amount in micros is within bounds. */
    public static boolean isWithinBounds(long micros) {
        return micros >= -MAX_MICROS && micros <= MAX_MICROS;
    }

    /**
     * The millionths of an amount, exactly. Zeros at the end of the decimals do not count.
     *
     * @return empty if it has more than six decimals or is out of bounds
     */
    public static OptionalLong micros(BigDecimal amount) {
        if (amount.signum() == 0) {
            return OptionalLong.of(0);
        }
        // Before anything is computed: 1E+999999999 must not be written out.
        if ((long) amount.precision() - amount.scale() > MAX_INTEGER_DIGITS) {
            return OptionalLong.empty();
        }
        if (amount.scale() > DECIMALS && amount.stripTrailingZeros().scale() > DECIMALS) {
            return OptionalLong.empty();
        }
        long micros = amount.movePointRight(DECIMALS).longValueExact();
        return isWithinBounds(micros) ? OptionalLong.of(micros) : OptionalLong.empty();
    }

    /** The millionths of an amount written as a decimal; empty if it is not one, or not an amount. */
    public static OptionalLong micros(String text) {
        if (text.length() > LONGEST_TEXT || !isAscii(text)) {
            return OptionalLong.empty();
        }
        try {
            return micros(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** BigDecimal would also read the digits of other scripts. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
