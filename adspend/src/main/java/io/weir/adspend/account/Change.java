package io.weir.adspend.account;

import io.weir.adspend.budget.CapStep;
import io.weir.adspend.budget.DayTerms;
import java.util.List;

/**
 * What one interaction, or a verdict on it, does to a merchant's day.
 *
 * @param merchant account afterwards
 * @param campaign account of its campaign, or of what has none, afterwards
 * @param campaignsBilledNanos what the campaigns' caps let be billed, all together, afterwards
 * @param billed change of what is billed, nanos
 * @param absorbed change of what is valid and not billed, nanos
 * @param invalid change of what is invalid, nanos
 */
public record Change(
        ScopeAccount merchant,
        ScopeAccount campaign,
        long campaignsBilledNanos,
        long billed,
        long absorbed,
        long invalid) {

    /**
     * Changes the accounts of a day.
     *
     * @param merchant account before
     * @param campaign account of the campaign before
     * @param campaignsBilledNanos what the campaigns' caps let be billed, all together, before
     * @param terms of the day
     * @param campaignId may be null
     * @param minute of the interaction
     * @param amounts that are added, before any cap
     * @throws ArithmeticException if the sums do not fit; nothing is changed then
     */
    public static Change of(
            ScopeAccount merchant,
            ScopeAccount campaign,
            long campaignsBilledNanos,
            DayTerms terms,
            String campaignId,
            long minute,
            Amounts amounts) {
        List<CapStep> merchantCaps = terms.caps();
        List<CapStep> campaignCaps = terms.caps(campaignId);
        ScopeAccount merchantAfter = merchant.plus(amounts, minute, merchantCaps);
        ScopeAccount campaignAfter = campaign.plus(amounts, minute, campaignCaps);
        long campaignsAfter = Math.addExact(
                campaignsBilledNanos, campaignAfter.billedNanos(campaignCaps) - campaign.billedNanos(campaignCaps));
        long billed = Math.min(merchantAfter.capNanos(merchantCaps), campaignsAfter)
                - Math.min(merchant.capNanos(merchantCaps), campaignsBilledNanos);
        return new Change(
                merchantAfter,
                campaignAfter,
                campaignsAfter,
                billed,
                amounts.validNanos() - billed,
                amounts.invalidNanos());
    }
}
