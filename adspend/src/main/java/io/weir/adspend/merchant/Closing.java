package io.weir.adspend.merchant;

import io.weir.adspend.Money;
import io.weir.adspend.account.Amounts;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.day.Minutes;
import io.weir.schemas.AdCounts;
import io.weir.schemas.Statement;
import java.time.Instant;
import java.time.LocalDate;

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
            Statement statement = DayStatement.of(
                    merchant, day, whole, books.days().campaigns(merchant.id(), day), isFinal, issuedAt);
            out.statement(statement);
            books.statements().put(day, statement);
        }
        merchant.closed(day);
        books.merchants().put(merchant);
    }
}
