package io.weir.adspend.account;

import io.weir.adspend.Money;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a merchant's day comes to.
 *
 * @param merchant everything, with what the merchant is charged; what campaigns absorbed is in its absorbed part
 * @param merchantAbsorbedNanos part of the absorbed that only the merchant's cap holds back: what the campaigns' caps would
 *     let be billed, less what is billed
 * @param campaigns by campaign, with what its own cap lets be billed; interactions without campaign are not here
 */
public record DayTotals(Amounts merchant, long merchantAbsorbedNanos, SortedMap<String, Amounts> campaigns) {

    /** Takes a copy of the map. */
    public DayTotals {
        campaigns = Collections.unmodifiableSortedMap(new TreeMap<>(campaigns));
    }

    /** What only the merchant's cap holds back, micros, rounded down. */
    public long merchantAbsorbedMicros() {
        return Money.floorMicros(merchantAbsorbedNanos);
    }
}
