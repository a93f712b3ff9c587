package io.weir.adspend.account;

/**
 * What an interaction costs.
 *
 * @param nanos 0 or more
 * @param source what gave the price
 */
public record Price(long nanos, PriceSource source) {

    static final Price UNPRICED = new Price(0, PriceSource.UNPRICED);
    static final Price CURRENCY_MISMATCH = new Price(0, PriceSource.CURRENCY_MISMATCH);
}
