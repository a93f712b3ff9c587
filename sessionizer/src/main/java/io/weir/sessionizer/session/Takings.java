package io.weir.sessionizer.session;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Money of a session.
 *
 * @param purchases number of purchases, refunds not among them
 * @param revenueMicros purchases less refunds by currency, millionths of the unit; of any size, since nothing bounds how
 *     many purchases a visitor may send, and a sum that is cut on the way would depend on their order
 */
public record Takings(long purchases, SortedMap<String, BigInteger> revenueMicros) {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    static final Takings NONE = new Takings(0, Collections.emptySortedMap());

    static Takings of(SessionEvent.Amount amount) {
        if (amount == null) {
            return NONE;
        }
        return new Takings(
                amount.micros() < 0 ? 0 : 1,
                new TreeMap<>(Map.of(amount.currency(), BigInteger.valueOf(amount.micros()))));
    }

    Takings and(Takings other) {
        if (revenueMicros.isEmpty() || other.revenueMicros.isEmpty()) {
            return revenueMicros.isEmpty() ? other : this;
        }
        SortedMap<String, BigInteger> sums = new TreeMap<>(revenueMicros);
        other.revenueMicros.forEach((currency, micros) -> sums.merge(currency, micros, BigInteger::add));
        return new Takings(purchases + other.purchases, sums);
    }

    void write(ByteWriter out) {
        out.varint(purchases).varint(revenueMicros.size());
        revenueMicros.forEach((currency, micros) -> {
            byte[] bytes = micros.toByteArray();
            out.text(currency).varint(bytes.length).bytes(bytes);
        });
    }

    /** As a record has it: a long, or the nearest to what no long holds. */
    Map<String, Long> revenue() {
        Map<String, Long> revenue = new HashMap<>();
        revenueMicros.forEach((currency, micros) ->
                revenue.put(currency, micros.min(MOST).max(LEAST).longValueExact()));
        return revenue;
    }

    static Takings read(ByteReader in) {
        long purchases = in.varint();
        int currencies = in.count();
        if (currencies == 0) {
            return NONE;
        }
        SortedMap<String, BigInteger> revenue = new TreeMap<>();
        for (int i = 0; i < currencies; i++) {
            revenue.put(in.text(), new BigInteger(in.bytes(in.count())));
        }
        return new Takings(purchases, revenue);
    }
}
