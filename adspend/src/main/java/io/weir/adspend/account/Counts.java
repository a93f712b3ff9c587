package io.weir.adspend.account;

/**
 * Numbers of interactions. The first three count all of them, the invalid ones too.
 *
 * @param impressions advertisements shown
 * @param clicks advertisements clicked
 * @param completedViews videos played to the end
 * @param invalidImpressions part of the impressions that is invalid
 * @param invalidClicks part of the clicks that is invalid
 * @param invalidCompletedViews part of the completed views that is invalid
 * @param unpriced part of all, valid or not, that nothing gives a price
 * @param currencyMismatches part of all, valid or not, whose own price is in another currency than the day's
 */
public record Counts(
        long impressions,
        long clicks,
        long completedViews,
        long invalidImpressions,
        long invalidClicks,
        long invalidCompletedViews,
        long unpriced,
        long currencyMismatches) {

    /** Nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    static Counts of(Line line, long count, PriceSource source) {
        long invalid = line.valid() ? 0 : count;
        long unpriced = source == PriceSource.UNPRICED ? count : 0;
        long mismatches = source == PriceSource.CURRENCY_MISMATCH ? count : 0;
        return switch (line.kind()) {
            case IMPRESSION -> new Counts(count, 0, 0, invalid, 0, 0, unpriced, mismatches);
            case CLICK -> new Counts(0, count, 0, 0, invalid, 0, unpriced, mismatches);
            case COMPLETED_VIEW -> new Counts(0, 0, count, 0, 0, invalid, unpriced, mismatches);
        };
    }

    /** Both together. */
    public Counts plus(Counts other) {
        return new Counts(
                Math.addExact(impressions, other.impressions),
                Math.addExact(clicks, other.clicks),
                Math.addExact(completedViews, other.completedViews),
                Math.addExact(invalidImpressions, other.invalidImpressions),
                Math.addExact(invalidClicks, other.invalidClicks),
                Math.addExact(invalidCompletedViews, other.invalidCompletedViews),
                Math.addExact(unpriced, other.unpriced),
                Math.addExact(currencyMismatches, other.currencyMismatches));
    }

    Counts negated() {
        return new Counts(
                -impressions,
                -clicks,
                -completedViews,
                -invalidImpressions,
                -invalidClicks,
                -invalidCompletedViews,
                -unpriced,
                -currencyMismatches);
    }
}
