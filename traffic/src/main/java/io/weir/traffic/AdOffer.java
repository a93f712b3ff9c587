package io.weir.traffic;

import io.weir.traffic.Merchant.AdCampaign;
import io.weir.traffic.Payload.Ad;

/**
 * An advertisement that won a place on a page.
 *
 * @param bid what an auction made of the list price, as a factor
 */
record AdOffer(
        Merchant merchant,
        AdCampaign campaign,
        String adId,
        String placement,
        boolean promotion,
        String impressionId,
        double bid) {

    Ad shown() {
        return ad(merchant.cpmMicros() / 1000.0);
    }

    Ad clicked() {
        return ad((double) campaign.cpcMicros().orElse(merchant.cpcMicros()));
    }

    /** Videos never carry a price of their own. */
    Ad played() {
        return new Ad(merchant.id(), campaign.id(), adId, placement, impressionId, false, 0, null);
    }

    private Ad ad(double listPriceMicros) {
        long price = campaign.auction() ? Math.max(1, (long) (listPriceMicros * bid)) : 0;
        String currency = campaign.auction() ? merchant.currency() : null;
        return new Ad(merchant.id(), campaign.id(), adId, placement, impressionId, promotion, price, currency);
    }
}
