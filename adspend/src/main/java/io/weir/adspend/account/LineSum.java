package io.weir.adspend.account;

import io.weir.adspend.budget.Budget;
import java.util.Optional;

/**
 * Interactions of one {@link Line}.
 *
 * @param count number of interactions
 * @param ownMicros sum of their own prices, micros
 */
record LineSum(long count, long ownMicros) {

    static final LineSum ZERO = new LineSum(0, 0);

    LineSum plus(long micros) {
        return new LineSum(Math.addExact(count, 1), Math.addExact(ownMicros, micros));
    }

    LineSum minus(long micros) {
        return new LineSum(count - 1, ownMicros - micros);
    }

    /** Price of all of them together. */
    Price price(Line line, String campaign, Optional<Budget> budget) {
        if (line.ownPrice()) {
            return Pricing.own(ownMicros, line.currency(), budget);
        }
        Price one = Pricing.rate(line.kind(), campaign, budget);
        return new Price(Math.multiplyExact(one.nanos(), count), one.source());
    }
}
