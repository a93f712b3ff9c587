package io.weir.adspend.merchant;

import io.weir.adspend.Money;
import io.weir.adspend.account.Amounts;
import io.weir.adspend.budget.CapStep;
import io.weir.adspend.budget.DayTerms;
import io.weir.schemas.CampaignStatement;
import io.weir.schemas.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A day's account as a statement says it. */
final class DayStatement {

    private DayStatement() {}

    /**
     * The statement of a day that a budget covers.
     *
     * @param parts its campaigns, those without id under null
     * @param isFinal whether the day has ended
     * @param issuedAt milliseconds UTC
     */
    static Statement of(
            Merchant merchant,
            LocalDate day,
            MerchantDay whole,
            Map<String, ScopeDay> parts,
            boolean isFinal,
            long issuedAt) {
        DayTerms terms = merchant.terms(day);
        Amounts amounts = whole.amounts(terms);
        List<CapStep> caps = terms.caps();
        Statement statement = new Statement();
        statement.setMerchantId(merchant.id());
        statement.setDay(day.toString());
        statement.setTimeZone(merchant.counting().calendar().zoneOf(day).getId());
        statement.setCurrency(terms.currency().orElseThrow());
        statement.setImpressions(amounts.counts().impressions());
        statement.setClicks(amounts.counts().clicks());
        statement.setCompletedViews(amounts.counts().completedViews());
        statement.setInvalidImpressions(amounts.counts().invalidImpressions());
        statement.setInvalidClicks(amounts.counts().invalidClicks());
        statement.setInvalidCompletedViews(amounts.counts().invalidCompletedViews());
        statement.setUnpriced(amounts.counts().unpriced());
        statement.setCurrencyMismatches(amounts.counts().currencyMismatches());
        statement.setGrossMicros(amounts.grossMicros());
        statement.setInvalidMicros(amounts.invalidMicros());
        statement.setValidMicros(amounts.validMicros());
        statement.setBilledMicros(amounts.billedMicros());
        statement.setAbsorbedMicros(amounts.absorbedMicros());
        statement.setMerchantAbsorbedMicros(Money.floorMicros(whole.campaignsBilledNanos() - amounts.billedNanos()));
        statement.setCreditMicros(Money.floorMicros(whole.creditNanos(statement.getCurrency())));
        statement.setAdjustmentMicros(Money.floorMicros(whole.adjustmentNanos()));
        statement.setCapMicros(caps.get(caps.size() - 1).capMicros());
        statement.setCampaigns(campaigns(parts, terms));
        statement.setEntries(whole.entries());
        statement.setFirstEventAt(whole.hasInteractions() ? Instant.ofEpochMilli(whole.firstAt()) : null);
        statement.setLastEventAt(whole.hasInteractions() ? Instant.ofEpochMilli(whole.lastAt()) : null);
        statement.setFinal$(isFinal);
        statement.setIssuedAt(Instant.ofEpochMilli(issuedAt));
        return statement;
    }

    private static Map<String, CampaignStatement> campaigns(Map<String, ScopeDay> parts, DayTerms terms) {
        Map<String, CampaignStatement> campaigns = new HashMap<>();
        parts.forEach((campaign, part) -> {
            if (campaign != null) {
                Amounts amounts = part.account().amounts(part.account().billedNanos(terms.caps(campaign)));
                campaigns.put(campaign, of(amounts));
            }
        });
        return campaigns;
    }

    private static CampaignStatement of(Amounts amounts) {
        return new CampaignStatement(
                amounts.counts().impressions(),
                amounts.counts().clicks(),
                amounts.counts().completedViews(),
                amounts.counts().invalidImpressions(),
                amounts.counts().invalidClicks(),
                amounts.counts().invalidCompletedViews(),
                amounts.counts().unpriced(),
                amounts.counts().currencyMismatches(),
                amounts.grossMicros(),
                amounts.invalidMicros(),
                amounts.validMicros(),
                amounts.billedMicros(),
                amounts.absorbedMicros());
    }
}
