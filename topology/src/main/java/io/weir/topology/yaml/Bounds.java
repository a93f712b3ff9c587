package io.weir.topology.yaml;

import java.math.BigDecimal;

/**
 * The numbers that a value may be.
 *
 * @param inclusive whether it may also be the least
 */
public record Bounds(BigDecimal least, boolean inclusive, BigDecimal most) {

    /** From one number to another, with both. */
    public static Bounds from(String least, String most) {
        return new Bounds(new BigDecimal(least), true, new BigDecimal(most));
    }

    /** From above one number to another. */
    public static Bounds above(String least, String most) {
        return new Bounds(new BigDecimal(least), false, new BigDecimal(most));
    }

    boolean hold(BigDecimal number) {
        int overLeast = number.compareTo(least);
        return (inclusive ? overLeast >= 0 : overLeast > 0) && number.compareTo(most) <= 0;
    }

    /** As part of a sentence. */
    @Override
    public String toString() {
        return inclusive
                ? "from " + least.toPlainString() + " to " + most.toPlainString()
                : "above " + least.toPlainString() + " and at most " + most.toPlainString();
    }
}
