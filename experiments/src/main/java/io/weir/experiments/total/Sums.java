package io.weir.experiments.total;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.experiments.unit.Contribution.Value;
import java.math.BigInteger;

/**
 * Values of units in one currency, added up: Σy, Σy², converters, orders. Values of micros have squares of 126 bits. Immutable.
 *
 * @param sum Σy
 * @param squares Σy²
 * @param converters units that did it at all
 * @param orders that the values are of
 */
public record Sums(BigInteger sum, BigInteger squares, long converters, long orders) {

    /** Of no unit. */
    public static final Sums ZERO = new Sums(BigInteger.ZERO, BigInteger.ZERO, 0, 0);

    /** With a unit's value, {@code sign} times: 1 adds it, -1 takes it out. */
    Sums with(Value value, int sign) {
        BigInteger y = BigInteger.valueOf(value.value());
        BigInteger signed = BigInteger.valueOf(sign);
        return new Sums(
                sum.add(y.multiply(signed)),
                squares.add(y.multiply(y).multiply(signed)),
                converters + (value.converter() ? sign : 0),
                orders + (long) sign * value.orders());
    }

    /** Both together. */
    public Sums plus(Sums other) {
        return new Sums(
                sum.add(other.sum), squares.add(other.squares), converters + other.converters, orders + other.orders);
    }

    boolean isZero() {
        return equals(ZERO);
    }

    void write(ByteWriter out) {
        write(sum, out);
        write(squares, out);
        out.varint(converters).varint(orders);
    }

    private static void write(BigInteger number, ByteWriter out) {
        byte[] bytes = number.toByteArray();
        out.varint(bytes.length).bytes(bytes);
    }

    static Sums read(ByteReader in) {
        return new Sums(
                new BigInteger(in.bytes(in.count())), new BigInteger(in.bytes(in.count())), in.varint(), in.varint());
    }
}
