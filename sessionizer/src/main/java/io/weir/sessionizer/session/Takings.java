package io.weir.sessionizer.session;

import io.weir.sessionizer.bytes.ByteReader;
import io.weir.sessionizer.bytes.ByteWriter;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Money of a session.
 *
 * @param purchases number of purchases, refunds not among them
 * @param revenueMicros purchases less refunds by currency, millionths of the unit
 */
public record Takings(long purchases, SortedMap<String, Long> revenueMicros) {

    static final Takings NONE = new Takings(0, Collections.emptySortedMap());

    static Takings of(SessionEvent.Amount amount) {
        if (amount == null) {
            return NONE;
        }
        return new Takings(amount.micros() < 0 ? 0 : 1, new TreeMap<>(Map.of(amount.currency(), amount.micros())));
    }

    Takings and(Takings other) {
        if (revenueMicros.isEmpty() || other.revenueMicros.isEmpty()) {
            return revenueMicros.isEmpty() ? other : this;
        }
        SortedMap<String, Long> sums = new TreeMap<>(revenueMicros);
        other.revenueMicros.forEach((currency, micros) -> sums.merge(currency, micros, Math::addExact));
        return new Takings(purchases + other.purchases, sums);
    }

    void write(ByteWriter out) {
        out.varint(purchases).varint(revenueMicros.size());
        revenueMicros.forEach((currency, micros) -> out.text(currency).signed(micros));
    }

    static Takings read(ByteReader in) {
        long purchases = in.varint();
        int currencies = in.count();
        if (currencies == 0) {
            return NONE;
        }
        SortedMap<String, Long> revenue = new TreeMap<>();
        for (int i = 0; i < currencies; i++) {
            revenue.put(in.text(), in.signed());
        }
        return new Takings(purchases, revenue);
    }
}
