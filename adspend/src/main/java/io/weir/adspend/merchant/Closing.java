package io.weir.adspend.merchant;

import io.weir.adspend.Money;
import io.weir.adspend.account.Amounts;
import io.weir.adspend.budget.CapStep;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.day.Minutes;
import io.weir.schemas.AdCounts;
import io.weir.schemas.CampaignStatement;
import io.weir.schemas.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives out what is complete: a minute's counts, a day's statement. */
final class Closing {

    private final Books books;
    private final MerchantOutput out;

    Closing(Books books, MerchantOutput out) {
        this.books = books;
        this.out = out;
    }

    /** Gives out the counts of a minute if they have changed since they were given out. */
    void reportMinute(Merchant merchant, long minute, String campaign) {
        MinuteCounts counts = books.minutes().get(merchant.id(), minute, campaign);
        if (counts == null) {
            return;
        }
        DayTerms terms = merchant.terms(merchant.dayOf(Minutes.start(minute)));
        Amounts amounts = counts.sums().price(campaign, terms.at(minute));
        out.counts(new AdCounts(
                merchant.id(),
                campaign,
                Instant.ofEpochMilli(Minutes.start(minute)),
                amounts.counts().impressions(),
                amounts.counts().clicks(),
                amounts.counts().completedViews(),
                amounts.counts().invalidImpressions(),
                amounts.counts().invalidClicks(),
                Money.floorMicros(amounts.validNanos())));
        counts.reported();
        books.minutes().put(merchant.id(), minute, campaign, counts);
    }

    /**
     * Closes a day and issues its statement, if a budget covers it. Days without a budget are never closed.
     *
     * @param isFinal whether the day has ended
     * @param issuedAt milliseconds UTC
     */
    void close(Merchant merchant, LocalDate day, boolean isFinal, long issuedAt) {
        MerchantDay whole = books.days().merchant(merchant.id(), day);
        DayTerms terms = merchant.terms(day);
        if (terms.currency().isEmpty()) {
            // No budget covers it; one that is corrected may.
            return;
        }
        if (whole != null) {
            out.statement(statement(merchant, day, whole, terms, isFinal, issuedAt));
        }
        merchant.closed(day);
        books.merchants().put(merchant);
    }

    private Statement statement(
            Merchant merchant, LocalDate day, MerchantDay whole, DayTerms terms, boolean isFinal, long issuedAt) {
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
        statement.setCampaigns(campaigns(merchant, day, terms));
        statement.setEntries(whole.entries());
        statement.setFirstEventAt(whole.hasInteractions() ? Instant.ofEpochMilli(whole.firstAt()) : null);
        statement.setLastEventAt(whole.hasInteractions() ? Instant.ofEpochMilli(whole.lastAt()) : null);
        statement.setFinal$(isFinal);
        statement.setIssuedAt(Instant.ofEpochMilli(issuedAt));
        return statement;
    }

    private Map<String, CampaignStatement> campaigns(Merchant merchant, LocalDate day, DayTerms terms) {
        Map<String, CampaignStatement> campaigns = new HashMap<>();
        books.days().campaigns(merchant.id(), day).forEach((campaign, part) -> {
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
